import { secondsSince, tell } from "../../long/figures";
import { expectWhole } from "../../long/published-drafts";
import { share } from "../../long/scale";
import { withFile, withOpenStore } from "./store-file";
import { untilKilled } from "./until-killed";

const rounds = share(30);

it(`a process killed while it publishes leaves no draft half published, in ${rounds} rounds`, () =>
  withFile(async (path) => {
    const started = performance.now();
    let before = 0;
    let unheard = 0;
    for (let round = 0; round < rounds; round++) {
      const acknowledged = await untilKilled("endless-publisher.ts", path, 1 + ((round * 7) % 20), (round * 11) % 29);
      const head = await withOpenStore({ path }, expectWhole);
      expect(head).toBeGreaterThanOrEqual(acknowledged);
      expect(acknowledged).toBeGreaterThan(before);
      unheard += head - acknowledged;
      before = head;
    }
    tell("Process killed while it publishes", "SQLite", {
      rounds,
      "change sets published": before,
      "of them published but not acknowledged": unheard,
      seconds: secondsSince(started),
    });
  }));
