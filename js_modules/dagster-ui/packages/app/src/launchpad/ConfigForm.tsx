import { Tag } from "@dagster-ui/kit";
import { NumberInput, SegmentedControl, Switch, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useId, useState } from "react";
import { parse, stringify } from "yaml";
import { type Path, type Reading, read, valueAt, withValue } from "./document";
import { type ConfigError, pathText } from "./errors";
import {
  type Control,
  chosenField,
  controlOf,
  defaultText,
  fieldWords,
  fitsControl,
  pathOf,
  type Section,
  sectionsOf,
  shownValue,
  typedValue,
} from "./form";
import styles from "./Launchpad.module.css";
import type { ConfigField, ConfigTypes } from "./types";

interface FormProps {
  text: string;
  onChange: (text: string) => void;
  types: ConfigTypes;
  errors: readonly ConfigError[];
}

interface FieldProps extends FormProps {
  reading: Reading;
  field: ConfigField;
  path: Path;
}

/** The same configuration as the editor shows, asked field by field. */
export function ConfigForm(props: FormProps) {
  const reading = read(props.text);
  if (reading.problem) {
    return (
      <p className={styles.formNote} role="status">
        The YAML cannot be read: {reading.problem.message} The form comes back when it can.
      </p>
    );
  }
  const sections = sectionsOf(props.types);
  const main = sections.filter((section) => section.kind !== "other");
  const rest = sections.filter((section) => section.kind === "other");
  return (
    <div className={styles.form}>
      {main.length === 0 && (
        <p className={styles.formNote}>
          No op or resource of this job takes configuration. Launch it as it is.
        </p>
      )}
      {main.map((section) => (
        <FormSection key={section.path.join(".")} {...props} reading={reading} section={section} />
      ))}
      {rest.length > 0 && (
        <details className={styles.more}>
          <summary>How it runs: {rest.map((section) => section.title).join(", ")}</summary>
          {rest.map((section) => (
            <FormSection key={section.path.join(".")} {...props} reading={reading} section={section} />
          ))}
        </details>
      )}
    </div>
  );
}

function FormSection({ section, ...props }: FormProps & { reading: Reading; section: Section }) {
  return (
    <fieldset className={styles.section}>
      <legend>
        <span>{section.title}</span>
        {section.kind !== "other" && <Tag>{section.kind}</Tag>}
      </legend>
      {section.description !== "" && <p className={styles.hint}>{section.description}</p>}
      {section.fields.map((field) => (
        <Field key={field.name} {...props} field={field} path={pathOf(section, field)} />
      ))}
    </fieldset>
  );
}

function Field(props: FieldProps) {
  const { types, field, path, reading } = props;
  const control = controlOf(types, field);
  const value = valueAt(reading.document, path);
  if (control.kind === "section") return <Subsection {...props} fields={control.fields} />;
  if (control.kind === "selector") return <Choice {...props} fields={control.fields} />;
  const shown: Control = fitsControl(control, value) ? control : { kind: "yaml" };
  return <Value {...props} control={shown} value={value} />;
}

function Labelled({
  field,
  types,
  id,
  errors,
  children,
}: {
  field: ConfigField;
  types: ConfigTypes;
  id: string;
  errors: readonly string[];
  children: ReactNode;
}) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        <span className={styles.fieldName}>{field.name}</span>
        {field.isRequired && <span className={styles.required}>required</span>}
        <span className={styles.fieldType}>{fieldWords(types, field)}</span>
      </label>
      {children}
      {errors.map((error) => (
        <p key={error} className={styles.fieldError}>
          {error}
        </p>
      ))}
      {field.description !== "" && <p className={styles.hint}>{field.description}</p>}
    </div>
  );
}

/** The errors that are about this very field. */
function errorsAt(errors: readonly ConfigError[], path: Path): string[] {
  const at = pathText(path);
  const around = pathText(path.slice(0, -1));
  return errors.flatMap((error) => {
    if (error.missing.includes(String(path.at(-1))) && pathText(error.path) === around)
      return ["Has to be given"];
    return error.missing.length === 0 && pathText(error.path) === at ? [error.message] : [];
  });
}

function Value({ control, value, ...props }: FieldProps & { control: Control; value: unknown }) {
  const { field, path, types, text, onChange } = props;
  const id = useId();
  const errors = errorsAt(props.errors, path);
  const set = (next: unknown) => onChange(withValue(text, path, next));
  const common = { id, error: errors.length > 0, size: "xs" as const };
  const typed = shownValue(control, value);
  const placeholder = defaultText(field);
  return (
    <Labelled field={field} types={types} id={id} errors={errors}>
      {control.kind === "switch" ? (
        <Switch
          id={id}
          checked={value === undefined ? placeholder === "true" : value === true}
          onChange={(event) => set(event.currentTarget.checked)}
          label={value === undefined ? "as by default" : String(value)}
        />
      ) : control.kind === "choice" ? (
        <select
          id={id}
          className={styles.select}
          value={typed}
          onChange={(event) => set(event.currentTarget.value || undefined)}
        >
          <option value="">{placeholder === "" ? "–" : `${placeholder} (default)`}</option>
          {[...new Set([...control.options, ...(typed === "" ? [] : [typed])])].map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : control.kind === "number" ? (
        <NumberInput
          {...common}
          value={typeof value === "number" ? value : typed}
          placeholder={placeholder}
          allowDecimal={!control.isWhole}
          onChange={(next) => set(typedValue(control, String(next)))}
        />
      ) : control.kind === "lines" ? (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          value={typed}
          placeholder={placeholder === "" || placeholder === "[]" ? "one per line" : placeholder}
          onChange={(event) => set(typedValue(control, event.currentTarget.value))}
        />
      ) : control.kind === "yaml" ? (
        <YamlField
          id={id}
          value={value}
          placeholder={placeholder}
          hasError={errors.length > 0}
          onChange={set}
        />
      ) : (
        <TextInput
          {...common}
          type={control.kind === "secret" ? "password" : "text"}
          autoComplete="off"
          value={typed}
          placeholder={placeholder}
          onChange={(event) => set(typedValue(control, event.currentTarget.value))}
        />
      )}
    </Labelled>
  );
}

/** A value that is written as YAML; it is taken over whenever it can be read. */
function YamlField({
  id,
  value,
  placeholder,
  hasError,
  onChange,
}: {
  id: string;
  value: unknown;
  placeholder: string;
  hasError: boolean;
  onChange: (value: unknown) => void;
}) {
  const written = value === undefined ? "" : stringify(value).trimEnd();
  const [typed, setTyped] = useState(written);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    setTyped((old) => (JSON.stringify(readValue(old)) === JSON.stringify(value) ? old : written));
  }, [written, value]);
  const change = (next: string) => {
    setTyped(next);
    const found = readValue(next);
    setBroken(found === broken);
    if (found !== broken) onChange(found ?? undefined);
  };
  return (
    <Textarea
      id={id}
      size="xs"
      autosize
      minRows={2}
      maxRows={12}
      classNames={{ input: "mono" }}
      value={typed}
      placeholder={placeholder === "" ? "YAML" : placeholder}
      error={isBroken ? "No YAML yet" : hasError}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

const broken = Symbol("no YAML");

function readValue(text: string): unknown {
  try {
    return text.trim() === "" ? undefined : parse(text);
  } catch {
    return broken;
  }
}

function Subsection({ fields, ...props }: FieldProps & { fields: readonly ConfigField[] }) {
  const { field, path } = props;
  return (
    <fieldset className={styles.subsection}>
      <legend>
        <span className={styles.fieldName}>{field.name}</span>
        {field.isRequired && <span className={styles.required}>required</span>}
      </legend>
      {field.description !== "" && <p className={styles.hint}>{field.description}</p>}
      {fields.map((each) => (
        <Field key={each.name} {...props} field={each} path={[...path, each.name]} />
      ))}
    </fieldset>
  );
}

/** One of several: the choice first, then what it asks for. */
function Choice({ fields, ...props }: FieldProps & { fields: readonly ConfigField[] }) {
  const { field, path, text, onChange, reading, types } = props;
  const chosen = chosenField(reading.document, path, fields);
  const choose = (name: string) => {
    if (name === "") return onChange(withValue(text, path, undefined));
    const next = fields.find((each) => each.name === name);
    onChange(withValue(text, path, { [name]: next ? emptyValue(controlOf(types, next)) : {} }));
  };
  const inner = fields.find((each) => each.name === chosen);
  const options = [
    ...(field.isRequired ? [] : [{ value: "", label: "default" }]),
    ...fields.map((each) => each.name),
  ];
  return (
    <fieldset className={styles.subsection}>
      <legend>
        <span className={styles.fieldName}>{field.name}</span>
        {field.isRequired && <span className={styles.required}>required</span>}
        <span className={styles.fieldType}>one of {fields.length}</span>
      </legend>
      {field.description !== "" && <p className={styles.hint}>{field.description}</p>}
      <SegmentedControl
        size="xs"
        aria-label={field.name}
        data={options}
        value={chosen ?? ""}
        onChange={choose}
      />
      {inner && <Field {...props} field={inner} path={[...path, inner.name]} />}
    </fieldset>
  );
}

function emptyValue(control: Control): unknown {
  switch (control.kind) {
    case "number":
      return 0;
    case "switch":
      return false;
    case "lines":
      return [];
    case "choice":
      return control.options[0] ?? "";
    case "text":
    case "secret":
      return "";
    default:
      return {};
  }
}
