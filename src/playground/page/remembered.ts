/** Choices that survive a reload of this tab. */
export function kept(name: string): string | null {
  try {
    return sessionStorage.getItem(`playground.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    sessionStorage.setItem(`playground.${name}`, value);
  } catch {
    // A browser that stores nothing forgets the choice on reload, and that is all.
  }
}

export function keptList(name: string): string[] {
  try {
    const list: unknown = JSON.parse(kept(name) ?? '[]');
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}
