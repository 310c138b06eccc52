import type { IncomingMessage } from "node:http";
import { addressOf, clientOf, parseTrustedProxies, type TrustedProxies } from "../../../src/http/limits/client-address";

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  }) as unknown as IncomingMessage;

const proxies = (text: string) => parseTrustedProxies(text) as TrustedProxies;

describe("the address of a client", () => {
  it.each([
    ["10.0.0.1", undefined, "", "10.0.0.1"],
    ["10.0.0.1", "203.0.113.9", "", "10.0.0.1"],
    ["::ffff:10.0.0.1", undefined, "", "10.0.0.1"],
    ["::ffff:a00:1", undefined, "", "10.0.0.1"],
    ["10.0.0.1", "198.51.100.1, 203.0.113.9", "1", "203.0.113.9"],
    ["10.0.0.1", "198.51.100.1, 203.0.113.9", "2", "198.51.100.1"],
    ["10.0.0.1", "203.0.113.9", "5", "203.0.113.9"],
    ["10.0.0.1", "1.1.1.1, 203.0.113.9, 10.2.3.4", "10.0.0.0/8", "203.0.113.9"],
    ["192.0.2.1", "203.0.113.9", "10.0.0.0/8", "192.0.2.1"],
    ["::ffff:10.0.0.1", "203.0.113.9", "10.0.0.1", "203.0.113.9"],
    ["fd00::1", "[2001:db8::1]:4711", "fd00::/8, 10.0.0.0/8", "2001:db8::1"],
    ["10.0.0.1", "203.0.113.9:1234", "1", "203.0.113.9"],
    ["10.0.0.1", "1.1.1.1, nonsense", "2", "10.0.0.1"],
    ["10.0.0.1", undefined, "1", "10.0.0.1"],
  ])("of a connection from %s that forwards for %s, trusting %s, is %s", (peer, forwarded, trusted, expected) => {
    expect(addressOf(request(peer, forwarded), proxies(trusted))).toBe(expected);
  });

  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:DB8:0:0:ffff:1:2:3", "2001:db8:0:0::/64"],
    ["2001:db8:0:1::1", "2001:db8:0:1::/64"],
    ["::1", "0:0:0:0::/64"],
    ["64:ff9b::1.2.3.4", "64:ff9b:0:0::/64"],
  ])("%s belongs to the client %s", (address, client) => {
    expect(clientOf(address)).toBe(client);
  });

  it.each(["proxy.example", "10.0.0.0/33", "10.0.0.1,", "100", "::/129", "-1"])("refuses to trust %s", (text) => {
    expect(parseTrustedProxies(text)).toBeNull();
  });
});
