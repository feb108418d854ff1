import type { Feature } from '../runtime/feature.ts';
import { members } from './org/members/feature.ts';
import { leads } from './sales/leads/feature.ts';

/** Every feature of the product: one line each. */
export const features: readonly Feature[] = [members, leads];
