/** The app's icon, as drawn for small sizes in assets/icon-small.svg. Decorative beside the name. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="7" fill="var(--color-accent-solid)" />
      <g
        fill="none"
        stroke="var(--color-on-accent)"
        strokeWidth="3.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <circle cx="9" cy="16" r="4.8" />
        <path d="M13.8 16H17.4L19.4 11.2L22.6 22.8L24.8 16H28" />
      </g>
    </svg>
  );
}
