/**
 * Kinds of record the generic verbs reach by number or name, in the order in which a name means them: `acme` is
 * the customer, not also each of its deals.
 */
export const recordLookups = ['account', 'deal', 'lead', 'contact', 'product', 'quote', 'approval'] as const;
