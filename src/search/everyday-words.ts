/** What people type for what a bank of engineering texts calls otherwise. Names of the bank's own are not repeated here. */
export const everydayWords: ReadonlyMap<string, readonly string[]> = new Map([
  ["llm", ["language model"]],
  ["llms", ["language model"]],
  ["rag", ["retrieval"]],
  ["db", ["database"]],
  ["k8s", ["kubernetes"]],
  ["js", ["javascript"]],
  ["ml", ["machine learning"]],
  ["ram", ["memory"]],
  ["cpu", ["processor"]],
  ["ssd", ["disk"]],
  ["cheap", ["cost", "price"]],
  ["cheaper", ["cost", "price"]],
  ["cheapest", ["cost", "price"]],
  ["expensive", ["cost", "price"]],
  ["slow", ["latency"]],
  ["lag", ["latency"]],
  ["crash", ["failure"]],
  ["outage", ["failure", "overload"]],
]);

/** Words of questions and phrases that say nothing of their subject. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    "a about all also am an and another any are as at be because been being best better but by can could did do does doing " +
    "done else ever every for from get gets getting give got had has have having he her here his how i if im in into is " +
    "it its just let like make makes making many me more most much my need needs of on one or our out " +
    "s same shall she should so some someone something still such t tell than that the their them then there these " +
    "they thing things this those to too until up us use used uses using very want was way ways we well were what " +
    "whats when where whether which while who why will with within without would you your"
  ).split(" "),
);
