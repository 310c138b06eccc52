it("waits while a timer throws", async () => {
  setTimeout(() => {
    throw new Error("thrown in a timer");
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
});
