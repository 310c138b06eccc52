import { aConcept, aQuestion, aTopic } from "../../builders/nodes";
import type { WithStore } from "../../contract/with-store";
import { aNewsroom } from "./newsroom";

const slugs = Array.from({ length: 8 }, (_, index) => `c${index}`);
const bank = [aQuestion({ slug: "q" }), aTopic({ slug: "t" }), ...slugs.map((slug) => aConcept({ slug }))];

/** What holds of authoring on each store, however many write at once. */
export function testAuthoring(withStore: WithStore): void {
  it("loses none of the links that editors add to one list at once", () =>
    withStore(async (store) => {
      const { editor } = await aNewsroom(bank, store);
      const payloads = await Promise.all(
        slugs.map((slug) =>
          editor.run(`link(edge: ABOUT, from: "q", to: "${slug}", properties: { reason: "So.", emphasis: TEACHES })`),
        ),
      );
      expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual([]);
      expect(payloads.map(({ revision }) => revision).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      const { question } = await editor.data<{ question: { concepts: { node: { slug: string } }[] } }>(
        '{ question(slug: "q") { concepts { node { slug } } } }',
      );
      expect(question.concepts.map(({ node }) => node.slug)).toEqual(slugs);
    }));

  it("lets one of many who save the whole list from one revision through", () =>
    withStore(async (store) => {
      const { editor } = await aNewsroom(bank, store);
      const payloads = await Promise.all(
        slugs.map((slug) =>
          editor.run(
            `saveQuestion(input: { slug: "q", title: "By ${slug}", concepts: [{ node: "${slug}", reason: "So.", emphasis: TEACHES }] }, expectedRevision: 1)`,
          ),
        ),
      );
      expect(payloads.filter(({ revision }) => revision === 2)).toHaveLength(1);
      expect(payloads.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)).sort()).toEqual(
        expect.arrayContaining(Array<string>(7).fill("STALE_REVISION")),
      );
    }));

  it("publishes a change set once, however many ask with one key", () =>
    withStore(async (store) => {
      const { author, editor } = await aNewsroom(bank, store);
      const set = await author.open();
      await author.run(`saveTopic(input: { slug: "t", questions: ["q"] }, changeSet: "${set}")`);
      const publish = () => editor.run(`publishChangeSet(changeSet: "${set}", idempotencyKey: "once")`);
      const payloads = await Promise.all([publish(), publish(), publish()]);
      expect(payloads.map(({ revision }) => revision)).toEqual([2, 2, 2]);
      expect((await publish()).changeSet?.status).toBe("PUBLISHED");
      expect(await store.reader().revision()).toBe(2);
    }));
}
