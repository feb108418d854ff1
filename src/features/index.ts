import type { Feature } from '../runtime/feature.ts';
import { accounts } from './crm/accounts/feature.ts';
import { activities } from './crm/activities/feature.ts';
import { contacts } from './crm/contacts/feature.ts';
import { alerts } from './insight/alerts/feature.ts';
import { digests } from './insight/digests/feature.ts';
import { metrics } from './insight/metrics/feature.ts';
import { approvals } from './org/approvals/feature.ts';
import { audit } from './org/audit/feature.ts';
import { channels } from './org/channels/feature.ts';
import { deliveries } from './org/deliveries/feature.ts';
import { help } from './org/help/feature.ts';
import { imports } from './org/imports/feature.ts';
import { members } from './org/members/feature.ts';
import { records } from './org/records/feature.ts';
import { settings } from './org/settings/feature.ts';
import { discounts } from './revenue/discounts/feature.ts';
import { prices } from './revenue/prices/feature.ts';
import { products } from './revenue/products/feature.ts';
import { quotes } from './revenue/quotes/feature.ts';
import { deals } from './sales/deals/feature.ts';
import { forecasts } from './sales/forecasts/feature.ts';
import { leads } from './sales/leads/feature.ts';
import { nextSteps } from './sales/next-steps/feature.ts';
import { pipelines } from './sales/pipelines/feature.ts';
import { targets } from './sales/targets/feature.ts';
import { valueClass } from './sales/value-class/feature.ts';

/** Every feature of the product: one line each. */
export const features: readonly Feature[] = [
  members,
  imports,
  audit,
  help,
  records,
  settings,
  channels,
  deliveries,
  approvals,
  accounts,
  contacts,
  activities,
  products,
  prices,
  pipelines,
  leads,
  deals,
  quotes,
  discounts,
  targets,
  valueClass,
  forecasts,
  nextSteps,
  metrics,
  digests,
  alerts,
];
