import type { Rule } from "../finding";

const shorteners = new Set(
  "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly lnkd.in rb.gy cutt.ly shorturl.at tiny.cc aka.ms g.co youtu.be dlvr.it".split(
    " ",
  ),
);
const archives = /(^|\.)(google|bing|duckduckgo|baidu|yandex)\.[a-z.]+$/;

/** What is doubtful about the form of a source's URL, with the cure; each looks at the parsed URL. */
const doubts: readonly [when: (url: URL) => boolean, message: string, hint: string][] = [
  [
    ({ protocol }) => protocol !== "https:",
    "It is not https.",
    "Take the https address, which nobody can alter on the way.",
  ],
  [
    ({ hostname }) =>
      /^(\d+\.){3}\d+$|^\[/.test(hostname) || /^localhost$|\.(local|internal|lan|test|invalid)$/.test(hostname),
    "The host is an address or a private name.",
    "Name the public page.",
  ],
  [({ hostname }) => !hostname.includes("."), "The host has no domain.", "Name the public page."],
  [({ port }) => port !== "", "It names a port.", "Name the public page."],
  [({ username, password }) => username + password !== "", "It holds a user name.", "Leave it out."],
  [
    ({ hostname }) => shorteners.has(hostname.replace(/^www\./, "")),
    "It is a shortened link.",
    "Write where it leads.",
  ],
  [
    (url) => archives.test(url.hostname) && (url.pathname.startsWith("/search") || url.searchParams.has("q")),
    "It is a page of search results.",
    "Name the page that was read.",
  ],
  [
    ({ searchParams }) =>
      [...searchParams.keys()].some((key) => /^(utm_|fbclid|gclid|mc_|ref$|ref_src|igshid|spm$)/.test(key)),
    "It holds tracking parameters.",
    "Leave them out.",
  ],
  [
    ({ pathname, search, hash }) => pathname === "/" && search === "" && hash === "",
    "It names a site and no page.",
    "Name the page on which the figures or statements stand.",
  ],
  [
    ({ hostname, pathname }) =>
      /^(www\.)?github\.com$/.test(hostname) &&
      /^\/[^/]+\/[^/]+\/(blob|tree|raw)\/(main|master|HEAD|develop|dev|trunk)(\/|$)/.test(pathname),
    "It follows a branch, whose content changes.",
    "Name the commit that was read.",
  ],
  [({ href }) => /\s|%20$|[.,;)]$/.test(href), "It ends in what belongs to the text around it.", "Leave that out."],
];

export const doubtfulUrl: Rule = {
  code: "doubtful-url",
  severity: "warning",
  structural: false,
  description: "The URL of a source names one public page at a revision that stays, and nothing besides.",
  evaluate: (bank) =>
    bank.ofKind("Source").flatMap(({ id, fields }) => {
      const text = fields["url"] as string | undefined;
      const url = text !== undefined && URL.canParse(text) ? new URL(text) : null;
      if (!url) return [];
      return doubts
        .filter(([isDoubtful]) => isDoubtful(url))
        .map(([, message, hint]) => ({ node: id, path: ["url"], message: `${message.slice(0, -1)}: ${text}`, hint }));
    }),
};
