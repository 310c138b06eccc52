import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";

/**
 * The proxies whose `X-Forwarded-For` is believed: their number, one behind another, or their addresses and networks. 0
 * means none.
 */
export type TrustedProxies = number | BlockList;

/**
 * Reads a count of proxies, or addresses and networks separated by commas: "2", "10.0.0.0/8, fd00::/8". "" means none.
 * Returns null for anything else.
 */
export function parseTrustedProxies(text: string): TrustedProxies | null {
  if (/^\d{0,2}$/.test(text)) return Number(text);
  const list = new BlockList();
  for (const part of text.split(",").map((each) => each.trim())) {
    const [, address = "", bits] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(part) ?? [];
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    const max = family === "ipv4" ? 32 : 128;
    const length = bits === undefined ? max : Number(bits);
    if (isIP(address) === 0 || length > max) return null;
    list.addSubnet(address, length, family);
  }
  return list;
}

/**
 * Returns the address that a request came from: the right-most of `X-Forwarded-For` that is not a trusted proxy's. The
 * client may have made up the entries to the left of it. An entry that is not an address ends the search. Returns
 * "unknown" if the socket has no address.
 */
export function addressOf(request: IncomingMessage, proxies: TrustedProxies): string {
  let address = plainAddress(request.socket.remoteAddress ?? "") ?? "unknown";
  if (proxies === 0) return address;
  // Node joins repeated headers of this name with commas.
  const entries = String(request.headers["x-forwarded-for"] ?? "").split(",");
  for (let hops = 0; entries.length > 0 && isTrusted(address, hops, proxies); hops++) {
    const next = plainAddress(entries.pop() as string);
    if (next === null) break;
    address = next;
  }
  return address;
}

/**
 * Returns the name of a client: its IPv4 address, or the /64 of its IPv6 address, such as `2001:db8:0:0::/64`. One
 * customer is given at least a /64.
 */
export function clientOf(address: string): string {
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(":")}::/64` : address;
}

const isTrusted = (address: string, hops: number, proxies: TrustedProxies): boolean =>
  typeof proxies === "number"
    ? hops < proxies
    : isIP(address) !== 0 && proxies.check(address, isIPv4(address) ? "ipv4" : "ipv6");

/**
 * Strips brackets, port and zone from an address, and writes an IPv4-mapped one as IPv4. Returns null if the text is
 * not an address.
 */
function plainAddress(text: string): string | null {
  const trimmed = text.trim();
  const inner = /^\[(.+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  const address = inner.split("%")[0] as string;
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const groups = groupsOf(address);
  if (groups.slice(0, 6).join(":") !== "0:0:0:0:0:ffff") return address;
  return groups
    .slice(6)
    .flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255])
    .join(".");
}

/** Returns the eight groups of an IPv6 address in hexadecimal, without leading zeros. */
function groupsOf(address: string): string[] {
  const text = address.replace(/\d+\.\d+\.\d+\.\d+$/, (dotted) => {
    const [a = 0, b = 0, c = 0, d = 0] = dotted.split(".").map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = "", tail] = text.toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const between = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(between).fill("0"), ...after].map((group) => parseInt(group, 16).toString(16));
}
