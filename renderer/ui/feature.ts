// What a feature gives the frame. renderer/app knows the features; no feature knows another.
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';

export type ScreenId =
  | 'keys'
  | 'explorer'
  | 'compare'
  | 'history'
  | 'limits'
  | 'costs'
  | 'scanner'
  | 'settings';

export interface Feature {
  id: ScreenId;
  /** One word for the rail, e.g. `Keys`. */
  title: string;
  icon: LucideIcon;
  /** Fills the sidebar, 180 to 420 px wide. Without one the sidebar is not shown on this screen. */
  Sidebar?: ComponentType;
  /**
   * The main area. A screen that was visited stays mounted in React's `Activity`: while hidden its effects are
   * cleaned up and on return they run again, so every effect must undo all it does.
   */
  Main: ComponentType;
  /** Always mounted and draws nothing: commands and palette sources that work from every screen. */
  Background?: ComponentType;
}
