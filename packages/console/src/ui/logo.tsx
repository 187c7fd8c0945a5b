export function Logo() {
  return (
    <span class="logo">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect class="logo-ground" width="32" height="32" rx="8" />
        <path class="logo-wave" d="M16 7v18M9.5 12.5a8 8 0 0 0 0 7M22.5 12.5a8 8 0 0 1 0 7" />
        <circle class="logo-light" cx="16" cy="16" r="3.6" />
      </svg>
      Balise
    </span>
  );
}
