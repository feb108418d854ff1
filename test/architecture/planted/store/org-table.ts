export const orgTable = 1;
