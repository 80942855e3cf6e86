import { Button, type ButtonProps } from "@mantine/core";
import { type RefObject, useEffect, useState } from "react";

interface ConfirmButtonProps extends ButtonProps {
  /** What the button says after the first click: "Delete 3 runs?" */
  question: string;
  onConfirm: () => void;
  /** Lets a key press it as a click does. */
  buttonRef?: RefObject<HTMLButtonElement | null>;
}

const patienceMillis = 5000;

/** A button that acts on the second click: the first one asks, in its own place, and is forgotten after a while. */
export function ConfirmButton({ question, onConfirm, buttonRef, children, ...props }: ConfirmButtonProps) {
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    if (!isAsking) return;
    const timer = setTimeout(() => setAsking(false), patienceMillis);
    return () => clearTimeout(timer);
  }, [isAsking]);
  const click = () => {
    if (isAsking) onConfirm();
    setAsking(!isAsking);
  };
  return (
    <Button
      {...props}
      ref={buttonRef}
      variant={isAsking ? "filled" : (props.variant ?? "default")}
      color={isAsking ? "red" : props.color}
      style={isAsking ? { background: "var(--failed-fill)", color: "var(--on-accent)" } : undefined}
      onClick={click}
      onBlur={() => setAsking(false)}
      onKeyDown={(event) => event.key === "Escape" && setAsking(false)}
    >
      {isAsking ? question : children}
    </Button>
  );
}
