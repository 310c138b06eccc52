import { patch } from "../builders/changes";
import type { Changes } from "../builders/changes";
import { aSource, aTopic } from "../builders/nodes";
import { richBank } from "../contract/rich-bank";

/** A bank in which every base call finds what it is about. */
export const bank: Changes = [
  richBank,
  patch("TradeOff:t0", { regimes: [{ slug: "small", title: "Small" }] }),
  aTopic({ slug: "alone" }),
  aSource({ slug: "unused" }),
  aSource({ slug: "renamed" }),
];
