/** A key, and what it does where it works. */
export type KeyEntry = readonly [keys: string, does: string];

/** Every key of the pages, by where it works; those of the shell work everywhere and are listed by their commands. */
export const pageKeys: readonly { readonly place: string; readonly keys: readonly KeyEntry[] }[] = [
  {
    place: "Lists",
    keys: [
      ["j", "Next row"],
      ["k", "Row before"],
      ["enter", "Open the row"],
      ["x", "Select the row; Shift selects all from the last one on"],
    ],
  },
  {
    place: "Home",
    keys: [
      ["e", "Open the latest failure"],
      ["m", "Materialize what is missing"],
      ["1", "Last hour, 6 hours, day: 1, 2, 3"],
    ],
  },
  {
    place: "Assets",
    keys: [
      ["f", "Type a selection"],
      ["v", "List or graph"],
      ["m", "Materialize the selected, or all"],
      ["shift+m", "Materialize what is stale or missing"],
    ],
  },
  {
    place: "Graph",
    keys: [
      ["left", "Walk along the edges, with the arrows"],
      ["enter", "Open the asset, or the group"],
      ["x", "Select"],
      ["e", "Next failed asset"],
      ["+", "Nearer"],
      ["-", "Farther"],
      ["0", "Show all of it"],
      ["c", "Open or close all groups"],
      ["o", "Outline"],
    ],
  },
  {
    place: "Asset",
    keys: [
      ["m", "Materialize"],
      ["shift+m", "Materialize with config"],
      ["r", "Report an event"],
      ["shift+w", "Wipe the history"],
      ["l", "Lineage"],
      ["1", "Its parts: 1, 2, 3"],
    ],
  },
  {
    place: "Partitions and checks of an asset",
    keys: [
      ["m", "Materialize the chosen partitions; without any, choose some"],
      ["shift+m", "Materialize those of them that are missing or failed"],
      ["left", "Walk over the map, with the arrows; Shift chooses several"],
      ["enter", "Choose the partition; Ctrl or Cmd adds it"],
      ["+", "Nearer"],
      ["-", "Farther"],
      ["c", "Run all checks"],
    ],
  },
  {
    place: "Runs",
    keys: [
      ["f", "Filter"],
      ["e", "Re-execute the selected"],
      ["t", "Terminate the selected"],
      ["shift+d", "Delete the selected"],
    ],
  },
  {
    place: "Run",
    keys: [
      ["r", "Re-execute; after a failure, from there"],
      ["shift+r", "Re-execute in the second way of its menu"],
      ["a", "In the third way"],
      ["shift+a", "In the fourth way"],
      ["t", "Terminate"],
      ["shift+d", "Delete"],
      ["f", "Find in the log"],
      ["e", "Next error in the log"],
      ["1", "Its parts: 1 to 5"],
    ],
  },
  {
    place: "Jobs",
    keys: [["f", "Filter"]],
  },
  {
    place: "Job",
    keys: [
      ["m", "Open the launchpad"],
      ["mod+enter", "Launch"],
      ["a", "Add what is missing to the configuration"],
      ["shift+a", "Begin the configuration anew"],
      ["1", "Its parts: 1, 2, 3"],
    ],
  },
  {
    place: "Automation",
    keys: [
      ["f", "Filter"],
      ["t", "Turn it on or off"],
      ["p", "Preview a tick"],
      ["e", "Next that failed"],
      ["escape", "Close the details"],
    ],
  },
  {
    place: "Locations",
    keys: [["shift+r", "Reload all"]],
  },
];
