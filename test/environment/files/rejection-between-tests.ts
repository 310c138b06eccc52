const aTurn = () => new Promise((resolve) => setImmediate(resolve));

it("passes", () => undefined);

afterAll(async () => {
  const rejected = Promise.reject(new Error("handled late, after all tests"));
  await aTurn();
  await rejected.catch(() => undefined);
});
