import { EmptyState } from "@dagster-ui/kit";
import { IconMapQuestion } from "@tabler/icons-react";
import { useLocation } from "@tanstack/react-router";
import { LinkButton } from "./LinkButton";
import { usePage } from "./page";

/** An address that names no page. */
export function NotFoundPage() {
  usePage("Not found");
  const { pathname } = useLocation();
  return (
    <EmptyState
      isPage
      title="There is no such page"
      icon={<IconMapQuestion size={22} />}
      actions={
        <>
          <LinkButton to="/">Home</LinkButton>
          <LinkButton to="/assets" variant="default">
            Assets
          </LinkButton>
        </>
      }
    >
      Nothing lies at <code>{pathname}</code>. It may have been renamed, or its code location is not loaded.
    </EmptyState>
  );
}
