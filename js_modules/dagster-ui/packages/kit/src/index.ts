export { ConfirmButton } from "./actions/ConfirmButton";
export { ErrorCard, Traceback } from "./errors/ErrorCard";
export * from "./errors/frames";
export { KeyHint } from "./keys/KeyHint";
export { Inspector, LinkTabs, PageHeader, Panel, Tag } from "./layout/layout";
export { LogLine, LogView } from "./logs/LogView";
export { Markdown } from "./metadata/Markdown";
export {
  Code,
  CodePlaces,
  type MetadataLinks,
  MetadataList,
  MetadataView,
  SchemaTable,
} from "./metadata/Metadata";
export * from "./metadata/values";
export { HeatMap } from "./partitions/HeatMap";
export {
  type Block,
  countOfRectangles,
  lastKnown,
  type PartitionStatus,
  partOf,
  type Rectangle,
  type Standing,
  type Tally,
  tallyOf,
} from "./partitions/standing";
export { countOf, joined, type Stretch } from "./partitions/stretches";
export { PartitionLegend, WindowStrip } from "./partitions/WindowStrip";
export { zoomed } from "./partitions/windows";
export { tallyText } from "./partitions/words";
export { Plot } from "./plots/Plot";
export { Sparkline } from "./plots/Sparkline";
export { CopyButton } from "./states/CopyButton";
export { EmptyState, ErrorState, Skeletons } from "./states/states";
export { StatusBadge, StatusBar, StatusMark, StatusWord } from "./statuses/StatusMark";
export * from "./statuses/statuses";
export { type Column, type Sort, VirtualTable } from "./tables/VirtualTable";
export { KitProvider } from "./theme/theme";
export { darkTokens, lightTokens, type TokenName, type Tokens, tokenVariable } from "./theme/tokens";
export { Ago, Duration, Time, TimeZoneProvider, useNow, useTimeZone } from "./times/Time";
export * from "./times/times";
export { Toasts, toast } from "./toasts/toasts";
