it("leaves a rejection to itself", () => {
  void Promise.reject(new Error("nobody waits for this"));
});
