import { defineFeature } from '../../../runtime/feature.ts';
import { accept } from './actions/accept.ts';
import { create } from './actions/create.ts';
import { decline } from './actions/decline.ts';
import { dropLine } from './actions/drop-line.ts';
import { extend } from './actions/extend.ts';
import { line } from './actions/line.ts';
import { list } from './actions/list.ts';
import { pdf } from './actions/pdf.ts';
import { send } from './actions/send.ts';
import { set } from './actions/set.ts';
import { share } from './actions/share.ts';
import { show } from './actions/show.ts';
import { version } from './actions/version.ts';
import { withdraw } from './actions/withdraw.ts';
import { digestParts } from './digest-parts.ts';
import { quoteLookup } from './lookup.ts';
import { t } from './messages.ts';
import { quoteShared } from './notifications.ts';
import { quoteLinks, quotesOfDeal } from './parts.ts';
import { quoteRecord } from './record.ts';

export const quotes = defineFeature({
  name: 'revenue/quotes',
  messages: t,
  actions: [
    create,
    show,
    version,
    list,
    line,
    dropLine,
    set,
    extend,
    send,
    accept,
    decline,
    withdraw,
    share,
    pdf,
  ],
  records: [quoteRecord],
  recordActions: [{ kind: 'quote', show: 'quotes.show', set: 'quotes.set' }],
  recordSections: [quotesOfDeal],
  recordLinks: [quoteLinks],
  lookups: [quoteLookup],
  notifications: [quoteShared],
  digestParts,
});
