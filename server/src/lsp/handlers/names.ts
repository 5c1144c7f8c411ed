import { cursorAt } from "../../features/context.ts";
import { dnsNamesAt } from "../../features/names/dns-names.ts";
import { askersOf, nameResolutionPage } from "../../features/names/resolve-name.ts";
import { dnsNamesRequest, nameAskersRequest, resolveNameRequest } from "../../protocol/messages.ts";
import type { DnsName, NameAsker, PageResult, PlaceParams, ResolveNameParams } from "../../protocol/messages.ts";
import type { Handler } from "../handler.ts";
import { toResult } from "./pages.ts";

/** `drydock/nameAskers`, `drydock/resolveName` and `drydock/dnsNames`: names in cluster DNS. */
export const names: Handler = {
  capabilities: () => ({}),
  register(session) {
    const { connection, guard, workspace } = session;
    connection.onRequest(
      nameAskersRequest,
      guard.handler<PlaceParams, readonly NameAsker[]>(nameAskersRequest, [], ({ uri, position }) => {
        const context = workspace.contextOf(uri);
        if (context === undefined) return [];
        const cursor = cursorAt(context, session.offsetAt(context.read, position));
        return askersOf(context, cursor?.subject?.resource.namespace ?? context.environments[0]?.namespace);
      }),
    );
    connection.onRequest(
      resolveNameRequest,
      guard.handler<ResolveNameParams, PageResult | null>(resolveNameRequest, null, ({ uri, asker, name }) => {
        const context = workspace.contextOf(uri);
        return context === undefined ? null : toResult(session, nameResolutionPage(context, asker, name));
      }),
    );
    connection.onRequest(
      dnsNamesRequest,
      guard.handler<PlaceParams, readonly DnsName[]>(dnsNamesRequest, [], ({ uri, position }) => {
        const context = workspace.contextOf(uri);
        return context === undefined ? [] : dnsNamesAt(context, session.offsetAt(context.read, position));
      }),
    );
  },
};
