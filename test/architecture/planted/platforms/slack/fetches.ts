import { get } from 'node:https';

export const preview = (url: string) => fetch(url);
export const title = (url: string) => get(url);
export const later = { send: globalThis.fetch };
