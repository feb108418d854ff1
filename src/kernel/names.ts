/** Words of company names that tell nothing apart. */
const legalForms =
  /\b(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|llp|plc|gmbh|ag|sa|sarl|srl|spa|bv|nv|oy|ab|as|kk|pte|pty)\b/g;
const chineseForms = /(股份有限公司|有限责任公司|有限公司|集团公司|集团|公司)$/;

/** No name is as long; bounds the work for texts that are none. */
const longest = 1000;

/**
 * A company or person name reduced to what identifies it: width, case, punctuation and legal forms dropped
 * (`ACME Pumps Co., Ltd.` → `acme pumps`). Never empty unless the name has no letter or digit in its first thousand.
 */
export function nameKey(name: string): string {
  const flat = name
    .slice(0, longest)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const bare = flat.replace(chineseForms, '').replace(legalForms, ' ').replace(/\s+/g, ' ').trim();
  return (bare || flat).slice(0, 200);
}

const freeMail = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'qq.com',
  '163.com',
  '126.com',
  'sina.com',
  'foxmail.com',
  'proton.me',
  'protonmail.com',
  'gmx.de',
  'gmx.net',
  'web.de',
]);

/** Domain of an e-mail address that can stand for a company; `null` for free mail providers. */
export function companyDomain(email: string): string | null {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domain === '' || freeMail.has(domain) ? null : domain;
}

/** Digits of a phone number that two ways of writing it share: the last nine. */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '').slice(-9);
}

/** Share of letter pairs two keys have in common, 0 to 1 (Sørensen–Dice over bigrams). */
export function nameSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<string, number>();
  for (let i = 0; i < a.length - 1; i++) {
    const pair = a.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let i = 0; i < b.length - 1; i++) {
    const pair = b.slice(i, i + 2);
    const left = pairs.get(pair) ?? 0;
    if (left > 0) {
      shared++;
      pairs.set(pair, left - 1);
    }
  }
  return (2 * shared) / (a.length + b.length - 2);
}
