import type { ActionCatalog } from './runtime/registry.ts';
import type { Press } from './view/press.ts';

export interface RecordLink {
  /** Kind of record: `deal`. */
  kind: string;
  /** What people type for it: `D-142`. */
  key: string;
}

/** Addresses of records on our own pages, `<public url>/tab/deals/D-142`, and what shows the record. */
export interface RecordLinks {
  /** `undefined`: not one of ours. */
  read(url: string): RecordLink | undefined;
  /** Throws TypeError for a kind nothing shows. */
  show(link: RecordLink): Press;
}

export function createRecordLinks(catalog: ActionCatalog, publicUrl: string): RecordLinks {
  const base = new URL(publicUrl);
  const kinds = new Map(
    catalog
      .recordKinds()
      .filter(({ kind }) => catalog.recordActions(kind) !== undefined)
      .map(({ kind }) => [`${kind}s`, kind]),
  );
  return {
    read(url) {
      if (!URL.canParse(url)) return undefined;
      const { origin, pathname } = new URL(url);
      if (origin !== base.origin) return undefined;
      const [, plural = '', key = ''] = /^\/tab\/([a-z-]+)\/([A-Z]-\d{1,9})\/?$/.exec(pathname) ?? [];
      const kind = kinds.get(plural);
      return kind === undefined ? undefined : { kind, key };
    },
    // By the convention of RecordActions the first field is called like the kind.
    show({ kind, key }) {
      const show = catalog.recordActions(kind)?.show;
      if (show === undefined) throw new TypeError(`nothing shows a ${kind}`);
      return { a: show, i: { [kind]: key } };
    },
  };
}
