// What layers, flags and subscriptions cost per item. CPU time of one thread, the least of nine runs, seed fixed.
let seed = 1;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
const orders = Array.from({ length: 100_000 }, (_, id) => ({
  id,
  cents: random(10_000),
  region: random(8),
  paid: random(4) > 0,
}));
const rates = [0, 5, 7, 10, 16, 19, 20, 25];
let sink = 0;
function measure(name, run, times = 20, per = orders.length) {
  let best = Infinity;
  for (let repeat = 0; repeat < 9; repeat++) {
    const start = process.cpuUsage();
    for (let i = 0; i < times; i++) sink += run();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, ((user + system) * 1000) / (times * per));
  }
  console.log(name, best.toFixed(2), "ns");
}

// 1 layers: tax of all paid orders
const flat = () => {
  let sum = 0;
  for (let i = 0; i < orders.length; i++) if (orders[i].paid) sum += (orders[i].cents * rates[orders[i].region]) / 100;
  return sum;
};
const chained = () =>
  orders
    .filter((o) => o.paid)
    .map((o) => (o.cents * rates[o.region]) / 100)
    .reduce((a, b) => a + b, 0);
class Rule {
  constructor(rate) {
    this.rate = rate;
  }
  tax(order) {
    return (order.cents * this.rate) / 100;
  }
}
const classes = [0, 1, 2, 3, 4, 5, 6, 7].map(
  (i) =>
    ({
      [`Rule${i}`]: class extends Rule {
        tax(order) {
          return (order.cents * this.rate) / 100 + 0 * i;
        }
      },
    })[`Rule${i}`],
);
const oneClass = rates.map((rate) => new Rule(rate));
const eightClasses = rates.map((rate, i) => new classes[i](rate));
const dispatch = (rules) => () => {
  let sum = 0;
  for (let i = 0; i < orders.length; i++) if (orders[i].paid) sum += rules[orders[i].region].tax(orders[i]);
  return sum;
};
const dispatchMany = new Function(
  "orders",
  "rules",
  "return () => { let sum = 0; for (let i = 0; i < orders.length; i++) if (orders[i].paid) sum += rules[orders[i].region].tax(orders[i]); return sum; }",
);
const layered = () => {
  let sum = 0;
  for (const order of orders) {
    const view = { ...order, currency: "EUR" }; // a copy for the next layer
    const context = { order: view, rate: rates[view.region] };
    if (context.order.paid) sum += [context].map(({ order: o, rate }) => (o.cents * rate) / 100)[0];
  }
  return sum;
};
measure("flat loop", flat);
measure("filter, map, reduce", chained);
measure("method, one class", dispatch(oneClass));
measure("method, eight classes", dispatchMany(orders, eightClasses));
measure("copy and wrapper per item", layered, 5);

// 2 flags: the same loop with one flag asked per item
const flags = new Map([
  [
    "new-tax",
    {
      on: true,
      percent: 100,
      rules: [
        { key: "region", in: [1, 2, 3] },
        { key: "plan", in: ["pro"] },
      ],
    },
  ],
]);
const hash = (text) => {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
};
const evaluate = (name, context) => {
  const flag = flags.get(name);
  if (!flag?.on) return false;
  for (const rule of flag.rules) if (rule.in.includes(context[rule.key])) return true;
  return hash(`${name}:${context.id}`) % 100 < flag.percent;
};
const flagged = (ask) => () => {
  let sum = 0;
  for (let i = 0; i < orders.length; i++)
    if (orders[i].paid) sum += ask(orders[i]) ? (orders[i].cents * rates[orders[i].region]) / 100 : orders[i].cents;
  return sum;
};
measure(
  "flag looked up per item",
  flagged(() => flags.get("new-tax").on),
);
measure(
  "flag evaluated per item",
  flagged((order) => evaluate("new-tax", order)),
  5,
);
measure("flag asked once", () => flagged(flags.get("new-tax").on ? () => true : () => false)());

// 3 subscriptions: one of n rows changes; each row's selector is asked, or only the row's own listener
for (const n of [50, 1000, 10_000]) {
  const state = { rows: new Map(Array.from({ length: n }, (_, id) => [id, { id, done: false }])) };
  let renders = 0;
  const rows = Array.from({ length: n }, (_, id) => {
    const select = (s) => s.rows.get(id);
    return {
      select,
      last: select(state),
      render() {
        renders++;
      },
    };
  });
  const all = () => {
    for (const row of rows) {
      const next = row.select(state);
      if (next !== row.last) {
        row.last = next;
        row.render();
      }
    }
  };
  const byKey = new Map(rows.map((row, id) => [id, [row]]));
  const change = (id) => state.rows.set(id, { id, done: !state.rows.get(id).done });
  let at = 0;
  measure(
    `update, ${n} selectors`,
    () => {
      change((at = (at + 7) % n));
      all();
      return renders;
    },
    400,
    1,
  );
  measure(
    `update, ${n} rows subscribed by key`,
    () => {
      const id = (at = (at + 7) % n);
      change(id);
      for (const row of byKey.get(id)) row.render();
      return renders;
    },
    4000,
    1,
  );
}
if (!sink) throw new Error("nothing was computed");
