import { execFileSync } from "node:child_process";

/** Whether this user may put disks where a process sees them, as is needed for disks that are full or can only be read. */
const mounts = (() => {
  try {
    execFileSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** A test that needs a disk of its own; skipped for users who may not mount any. */
export const itMounts = mounts ? it : it.skip;
