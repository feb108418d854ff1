/** Initials on a colour that stays the same for the same name, in every pane. */
export function Avatar({ name, size = 36 }: { name: string; size?: number }) {
  const hue = hash(name) % 360;
  return (
    <span
      className="avatar"
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: Math.round(size * 0.38), ['--hue' as string]: hue }}
    >
      {initials(name)}
    </span>
  );
}

export function AppAvatar({ size = 36 }: { size?: number }) {
  return (
    <span className="avatar avatar-app" aria-hidden="true" style={{ width: size, height: size }}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v7.5A1.5 1.5 0 0 1 19 16h-7l-4.5 4v-4H5a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 5 5.5z" />
        <path d="M8 12.8V9.6M12 12.8V8.2M16 12.8v-2" />
      </svg>
    </span>
  );
}

function initials(name: string): string {
  if (/^[\u3400-\u9fff]/.test(name)) return name.slice(-2);
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
}

function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (value * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return value * 47;
}
