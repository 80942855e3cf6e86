import {
  type Block,
  HeatMap,
  joined,
  lastKnown,
  PartitionLegend,
  type PartitionStatus,
  partOf,
  type Standing,
  type Stretch,
  tallyOf,
  tallyText,
  WindowStrip,
  zoomed,
} from "@dagster-ui/kit";
import { ActionIcon, Button, Group, Select, TextInput } from "@mantine/core";
import { IconArrowsMaximize, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import styles from "./Partitions.module.css";
import {
  nothingChosen,
  type PartitionAxis,
  type Partitioning,
  useChosenText,
  useKeyOf,
  type View,
} from "./use";

interface PickerProps {
  label: string;
  partitioning: Partitioning;
  view: View;
  onView: (view: View) => void;
  standing: Standing;
  chosen: Block;
  onChoose: (chosen: Block) => void;
  maxHeight?: number;
}

/** One dimension is first shown whole when its cells fit; of a longer one of time only the newest are. */
const mostAtFirst = 1200;
const mostColumnsAtFirst = 62;
/** Up to so many partitions that are no times are listed by their names. */
const mostNamedLines = 16;

/** Partitions to look at and to choose from: on the map, by text, by where they stand. */
export function PartitionPicker(props: PickerProps) {
  const { label, partitioning, view, onView, standing, chosen, onChoose, maxHeight } = props;
  const { columns, rows } = view;
  const [window, setWindow] = useState<Stretch>(() => firstWindow(columns, rows !== undefined, standing));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another axis, or one that grew, is looked at anew
  useEffect(
    () => setWindow(firstWindow(columns, rows !== undefined, standing)),
    [columns.name, columns.numPartitions],
  );
  const keyOf = useKeyOf(partitioning, view);
  const count = columns.numPartitions;
  const { keys } = partitioning;
  useEffect(() => {
    // All names of a window that is near enough to read them, so that hovering need not wait.
    if (window[1] - window[0] <= mostAtFirst) void keys.load(columns.name, ...window);
  }, [keys, columns.name, window]);
  const zoom = (factor: number, place: number) => setWindow((old) => zoomed(old, factor, place, count));
  const middle = Math.floor((window[0] + window[1]) / 2);
  const rowCount = rows?.numPartitions ?? 1;
  const isWhole = window[0] === 0 && window[1] === count;
  const span = `${keyOf("columns", window[0]) ?? ""} to ${keyOf("columns", window[1] - 1) ?? ""}`;
  return (
    <div className={styles.picker}>
      {(rows || view.fixed.length > 0) && (
        <Dimensions partitioning={partitioning} view={view} onView={onView} />
      )}
      {count > 60 && (
        <div className={styles.stripLine}>
          <WindowStrip
            label="Partitions shown"
            standing={standing}
            count={count}
            rowCount={rowCount}
            window={window}
            onWindow={setWindow}
            valueText={span}
          />
          <Group gap={4} wrap="nowrap">
            <ZoomButton label="Zoom in" onClick={() => zoom(1 / 2, middle)} icon={<IconZoomIn size={15} />} />
            <ZoomButton label="Zoom out" onClick={() => zoom(2, middle)} icon={<IconZoomOut size={15} />} />
            <ZoomButton
              label="Show all"
              onClick={() => setWindow([0, count])}
              icon={<IconArrowsMaximize size={15} />}
              isDisabled={isWhole}
            />
          </Group>
        </div>
      )}
      {count > 60 && (
        <p className={styles.span}>
          {isWhole
            ? `All ${count.toLocaleString("en")}`
            : `${(window[1] - window[0]).toLocaleString("en")} of ${count.toLocaleString("en")}`}
          : {span}
        </p>
      )}
      <HeatMap
        label={label}
        standing={standing}
        columns={window}
        rows={rows ? [0, rowCount] : undefined}
        cycle={columns.cycle ?? undefined}
        isNamed={columns.type !== "TIME_WINDOW" && count <= mostNamedLines}
        maxHeight={maxHeight}
        chosen={chosen}
        onChoose={onChoose}
        onZoom={zoom}
        keyOf={keyOf}
      />
      <PartitionLegend />
      <ChoiceFields {...props} />
      <QuickChoices {...props} />
    </div>
  );
}

/** The newest of a long dimension of time; when nothing was made of those, up to the last of which something is known. */
function firstWindow(axis: PartitionAxis, hasRows: boolean, standing: Standing): Stretch {
  const count = axis.numPartitions;
  const most = hasRows ? mostColumnsAtFirst : mostAtFirst;
  if (axis.type !== "TIME_WINDOW" || count <= most) return [0, count];
  const cycle = axis.cycle ?? 1;
  const length = Math.ceil((hasRows ? most : most / 2) / cycle) * cycle;
  const known = lastKnown(standing);
  const end = known === 0 || known > count - length ? count : Math.min(count, known + Math.ceil(length / 4));
  const first = Math.max(0, end - length);
  // Lines begin where cycles do.
  return [first - (first % cycle), Math.min(count, first - (first % cycle) + length + (first % cycle))];
}

interface ZoomButtonProps {
  label: string;
  icon: React.ReactNode;
  onClick: () => void;
  isDisabled?: boolean;
}

function ZoomButton({ label, icon, onClick, isDisabled }: ZoomButtonProps) {
  return (
    <ActionIcon
      variant="default"
      size={30}
      aria-label={label}
      title={label}
      onClick={onClick}
      disabled={isDisabled}
    >
      {icon}
    </ActionIcon>
  );
}

function Dimensions({ partitioning, view, onView }: Pick<PickerProps, "partitioning" | "view" | "onView">) {
  const names = partitioning.axes.map((axis) => axis.name);
  const show = (columns: string | null, rows: string | null) => {
    const find = (name: string | null) => partitioning.axes.find((axis) => axis.name === name);
    const across = find(columns) ?? view.columns;
    const down = find(rows) ?? view.rows;
    const others = partitioning.axes.filter((axis) => axis !== across && axis !== down);
    const placeOf = (axis: PartitionAxis) => view.fixed.find((each) => each.axis === axis)?.place ?? 0;
    onView({ columns: across, rows: down, fixed: others.map((axis) => ({ axis, place: placeOf(axis) })) });
  };
  // The dimension that is asked for in one place leaves the other.
  const across = (name: string | null) =>
    show(name, name === view.rows?.name ? view.columns.name : (view.rows?.name ?? null));
  const down = (name: string | null) =>
    show(name === view.columns.name ? (view.rows?.name ?? null) : view.columns.name, name);
  return (
    <Group gap="sm" align="end">
      <Select
        size="xs"
        w={140}
        label="Across"
        data={names}
        value={view.columns.name}
        onChange={across}
        allowDeselect={false}
      />
      {view.rows && (
        <Select
          size="xs"
          w={140}
          label="Down"
          data={names}
          value={view.rows.name}
          onChange={down}
          allowDeselect={false}
        />
      )}
      {view.fixed.map(({ axis, place }) => (
        <FixedKey
          key={axis.name}
          partitioning={partitioning}
          axis={axis}
          place={place}
          onPlace={(next) =>
            onView({
              ...view,
              fixed: view.fixed.map((each) => (each.axis === axis ? { axis, place: next } : each)),
            })
          }
        />
      ))}
    </Group>
  );
}

interface FixedKeyProps {
  partitioning: Partitioning;
  axis: PartitionAxis;
  place: number;
  onPlace: (place: number) => void;
}

/** How many keys of a dimension are offered to choose from. */
const mostOffered = 500;

function FixedKey({ partitioning: { keys }, axis, place, onPlace }: FixedKeyProps) {
  const [offered, setOffered] = useState<string[]>([]);
  useEffect(() => {
    const places = Array.from({ length: Math.min(mostOffered, axis.numPartitions) }, (_, index) => index);
    void keys.keysAt(axis.name, places).then(setOffered);
  }, [keys, axis]);
  return (
    <Select
      size="xs"
      w={160}
      label={axis.name}
      searchable
      allowDeselect={false}
      data={offered.map((key, index) => ({ value: String(index), label: key }))}
      value={String(place)}
      onChange={(value) => value !== null && onPlace(Number(value))}
    />
  );
}

function ChoiceFields({ partitioning, view, chosen, onChoose }: PickerProps) {
  const setColumns = useCallback(
    (columns: Stretch[]) =>
      onChoose({
        columns: joined(columns),
        rows: view.rows ? (chosen.rows.length > 0 ? chosen.rows : [[0, view.rows.numPartitions]]) : [[0, 1]],
      }),
    [onChoose, chosen.rows, view.rows],
  );
  const setRows = useCallback(
    (rows: Stretch[]) =>
      onChoose({
        rows: joined(rows),
        columns: chosen.columns.length > 0 ? chosen.columns : [[0, view.columns.numPartitions]],
      }),
    [onChoose, chosen.columns, view.columns],
  );
  return (
    <div className={styles.fields}>
      {view.rows && (
        <ChoiceField
          label={`Selected ${view.rows.name}`}
          partitioning={partitioning}
          axis={view.rows}
          stretches={chosen.rows}
          onChoose={setRows}
        />
      )}
      <ChoiceField
        label={view.rows ? `Selected ${view.columns.name}` : "Selected partitions"}
        partitioning={partitioning}
        axis={view.columns}
        stretches={chosen.columns}
        onChoose={setColumns}
      />
    </div>
  );
}

interface ChoiceFieldProps {
  label: string;
  partitioning: Partitioning;
  axis: PartitionAxis;
  stretches: readonly Stretch[];
  onChoose: (stretches: Stretch[]) => void;
}

function ChoiceField({ label, partitioning, axis, stretches, onChoose }: ChoiceFieldProps) {
  const { text, write, unknown } = useChosenText(partitioning, axis, stretches, onChoose);
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const shown = draft ?? text ?? `${stretches.length} ranges`;
  const commit = () => {
    if (draft !== undefined && draft !== text) void write(draft);
    setDraft(undefined);
  };
  const close = unknown[0];
  return (
    <TextInput
      size="xs"
      label={label}
      placeholder={axis.type === "TIME_WINDOW" ? "first...last, another" : "one, another, first...last"}
      value={shown}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && !event.ctrlKey && !event.metaKey && commit()}
      error={close === undefined ? undefined : `There is no partition ${close}.`}
      classNames={{ input: styles.mono }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

function QuickChoices({ view, standing, chosen, onChoose }: PickerProps) {
  const whole: Block = {
    rows: [[0, view.rows?.numPartitions ?? 1]],
    columns: [[0, view.columns.numPartitions]],
  };
  const tally = tallyOf(standing, whole);
  const latest = view.columns.numPartitions;
  const byStatus = (wanted: readonly (PartitionStatus | "missing")[]) => {
    const found = partOf(standing, whole, wanted);
    onChoose({
      rows: joined(found.map((each) => each.rows)),
      columns: joined(found.map((each) => each.columns)),
    });
  };
  const isFlat = view.rows === undefined;
  return (
    <Group gap={6}>
      <Button variant="default" size="compact-xs" onClick={() => onChoose(whole)}>
        All
      </Button>
      {latest > 0 && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onChoose({ rows: whole.rows, columns: [[latest - 1, latest]] })}
        >
          {view.columns.type === "TIME_WINDOW" ? "Latest" : "Last"}
        </Button>
      )}
      {isFlat && tally.missing > 0 && (
        <Button variant="default" size="compact-xs" onClick={() => byStatus(["missing"])}>
          Missing ({tally.missing.toLocaleString("en")})
        </Button>
      )}
      {isFlat && tally.failed > 0 && (
        <Button variant="default" size="compact-xs" onClick={() => byStatus(["failed"])}>
          Failed ({tally.failed.toLocaleString("en")})
        </Button>
      )}
      {chosen.columns.length > 0 && (
        <Button variant="subtle" size="compact-xs" onClick={() => onChoose(nothingChosen)}>
          Clear
        </Button>
      )}
      <span className="muted" role="status">
        {chosen.columns.length > 0 ? `Selected: ${tallyText(tallyOf(standing, chosen))}` : ""}
      </span>
    </Group>
  );
}
