import { useEffect, useState } from 'react';

/** True once `active` has lasted `ms`; false at once when it ends. Keeps short waits from flickering. */
export function useDelayed(active: boolean, ms = 400): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setLate(true), ms);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [active, ms]);
  return active && late;
}
