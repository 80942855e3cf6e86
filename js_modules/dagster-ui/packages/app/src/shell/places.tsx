import {
  IconAdjustments,
  IconBolt,
  IconCloudComputing,
  IconHome,
  IconListDetails,
  IconPlayerPlay,
  IconTopologyStar3,
} from "@tabler/icons-react";
import type { ReactNode } from "react";

/** The rooms of the application, in the order of the rail; `g` and the letter go there. */
export interface Place {
  readonly to: "/" | "/assets" | "/runs" | "/jobs" | "/automation" | "/locations" | "/settings";
  readonly label: string;
  readonly letter: string;
  readonly icon: ReactNode;
}

const size = 18;

export const places: readonly Place[] = [
  { to: "/", label: "Home", letter: "h", icon: <IconHome size={size} /> },
  { to: "/assets", label: "Assets", letter: "a", icon: <IconTopologyStar3 size={size} /> },
  { to: "/runs", label: "Runs", letter: "r", icon: <IconPlayerPlay size={size} /> },
  { to: "/jobs", label: "Jobs", letter: "j", icon: <IconListDetails size={size} /> },
  { to: "/automation", label: "Automation", letter: "u", icon: <IconBolt size={size} /> },
  { to: "/locations", label: "Locations", letter: "l", icon: <IconCloudComputing size={size} /> },
  { to: "/settings", label: "Settings", letter: "s", icon: <IconAdjustments size={size} /> },
];
