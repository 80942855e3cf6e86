import { Tooltip } from "@mantine/core";
import { IconChevronsLeft, IconChevronsRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useSettings } from "../settings/settings";
import { places } from "./places";
import styles from "./Rail.module.css";

/** The rooms: a rail at the left, a bar at the bottom of small screens. */
export function Rail() {
  const { settings, change } = useSettings();
  const isNarrow = settings.isRailNarrow;
  const fold = isNarrow ? "Widen the navigation" : "Narrow the navigation";
  return (
    <nav className={`${styles.rail} ${isNarrow ? styles.narrow : ""}`} aria-label="Rooms">
      {places.map((place) => (
        <Tooltip key={place.to} label={place.label} position="right" disabled={!isNarrow}>
          <Link
            to={place.to}
            className={`${styles.place} ${place.to === "/settings" ? styles.last : ""}`}
            activeOptions={{ exact: place.to === "/", includeSearch: false }}
            activeProps={{ "aria-current": "page" }}
            aria-label={place.label}
          >
            {place.icon}
            <span className={styles.label}>{place.label}</span>
          </Link>
        </Tooltip>
      ))}
      <Tooltip label={fold} position="right">
        <button
          type="button"
          className={`${styles.place} ${styles.fold}`}
          aria-label={fold}
          onClick={() => change({ isRailNarrow: !isNarrow })}
        >
          {isNarrow ? <IconChevronsRight size={18} /> : <IconChevronsLeft size={18} />}
          <span className={styles.label}>Narrow</span>
        </button>
      </Tooltip>
    </nav>
  );
}
