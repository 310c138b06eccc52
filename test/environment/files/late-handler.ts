const aTurn = () => new Promise((resolve) => setImmediate(resolve));

it("handles a rejection a turn too late", async () => {
  const rejected = Promise.reject(new Error("handled late"));
  await aTurn();
  await rejected.catch(() => undefined);
});

it("handles a rejection at once", async () => {
  const rejected = Promise.reject(new Error("handled at once"));
  await rejected.catch(() => undefined);
});
