"""The documents that both servers are asked about partitions, checks and versions, in order."""

from __future__ import annotations

from typing import Any

from parity.graphql.writing import REPOSITORY, Document, ended, launch, paths, selector

DAYS = ("2024-01-01", "2024-01-02", "2024-01-03")


def of_partition(key: str, **more: str) -> dict[str, Any]:
    """What a launch says of the partition of its run."""
    tags = {"dagster/partition": key, **more}
    return {"tags": [{"key": name, "value": value} for name, value in tags.items()]}


def of_range(first: str, last: str) -> dict[str, Any]:
    """What a launch says of a run that is of several partitions."""
    ends = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
    return {"tags": [{"key": name, "value": value} for name, value in ends.items()]}


def check(asset: str, name: str) -> dict[str, Any]:
    """Names a check."""
    return {"assetKey": {"path": [asset]}, "name": name}


STATUSES = """
fragment Default on DefaultPartitionStatuses {
  materializedPartitions failedPartitions unmaterializedPartitions materializingPartitions
}
query($keys: [AssetKeyInput!]) {
  assetNodes(assetKeys: $keys) {
    assetKey { path }
    partitionStats { numMaterialized numPartitions numFailed numMaterializing }
    assetPartitionStatuses {
      __typename
      ...Default
      ... on TimePartitionStatuses { ranges { startTime endTime startKey endKey status } }
      ... on MultiPartitionStatuses {
        primaryDimensionName
        ranges {
          primaryDimStartKey primaryDimEndKey primaryDimStartTime primaryDimEndTime
          secondaryDim { __typename ...Default ... on TimePartitionStatuses { ranges { startKey endKey status } } }
        }
      }
    }
  }
}"""


def statuses(name: str, *assets: str, **more: Any) -> Document:
    """Asks where the partitions of assets stand."""
    return Document(name=name, text=STATUSES, variables={"keys": paths(*assets)}, **more)


STALENESS = """
query($keys: [AssetKeyInput!]) {
  assetNodes(assetKeys: $keys) {
    assetKey { path } staleStatus
    staleCauses { key { path } partitionKey category reason dependency { path } dependencyPartitionKey }
  }
}"""


def staleness(name: str, *assets: str) -> Document:
    """Asks whether assets are stale, and why."""
    return Document(name=name, text=STALENESS, variables={"keys": paths(*assets)})


def staleness_of_days(name: str, asset: str) -> Document:
    """Asks whether days of an asset are stale, and why."""
    return Document(
        name=name,
        text="""
        query($key: AssetKeyInput!, $days: [String!]) {
          assetNodeOrError(assetKey: $key) {
            ... on AssetNode {
              staleStatus
              staleStatusByPartition(partitions: $days)
              staleCausesByPartition(partitions: $days) {
                key { path } partitionKey category reason dependency { path } dependencyPartitionKey
              }
              one: staleStatus(partition: "2024-01-02")
              causes: staleCauses(partition: "2024-01-02") { key { path } partitionKey category reason }
            }
          }
        }""",
        variables={"key": paths(asset)[0], "days": list(DAYS)},
    )


def executions(name: str, asset: str, check_name: str, **more: Any) -> Document:
    """Asks for the executions of a check."""
    return Document(
        name=name,
        text="""
        query($key: AssetKeyInput!, $name: String!, $partition: String) {
          assetCheckExecutions(assetKey: $key, checkName: $name, partition: $partition, limit: 20) {
            runId status partition stepKey run { status }
            evaluation {
              success severity description partition checkName assetKey { path } metadataEntries { label }
              targetMaterialization { runId }
            }
          }
        }""",
        variables={"key": paths(asset)[0], "name": check_name, **more},
    )


STANDING_CHECKS = """
{
  assetNodes(assetKeys: [{path: ["root"]}, {path: ["events"]}, {path: ["by_region"]}]) {
    assetKey { path }
    assetChecksOrError {
      ... on AssetChecks {
        checks {
          name
          executionForLatestMaterialization {
            status partition runId evaluation { success severity metadataEntries { label } }
          }
          partitionStatuses {
            __typename
            ... on AssetCheckTimePartitionStatuses { ranges { startKey endKey startTime endTime status } }
            ... on AssetCheckDefaultPartitionStatuses {
              succeededPartitions failedPartitions inProgressPartitions skippedPartitions executionFailedPartitions
            }
          }
        }
      }
    }
  }
}"""

DECLARED = (
    Document(
        name="partitions of every kind",
        text="""
        {
          assetNodes {
            assetKey { path } isPartitioned
            partitionDefinition {
              type name fmt description
              dimensionTypes { name type description isPrimaryDimension dynamicPartitionsDefinitionName }
            }
            partitionKeys
            partitionKeysByDimension { name type partitionKeys }
            partitionStats { numMaterialized numPartitions numFailed numMaterializing }
          }
        }""",
    ),
    Document(
        name="keys of windows between two positions",
        text="""
        {
          assetNodes(assetKeys: [{path: ["events"]}, {path: ["by_region"]}, {path: ["grid"]}]) {
            between: partitionKeysByDimension(startIdx: 1, endIdx: 3) { name partitionKeys }
            last: partitionKeysByDimension(startIdx: 8, endIdx: 10) { name partitionKeys }
            open: partitionKeysByDimension(startIdx: 1) { name partitionKeys }
          }
        }""",
    ),
    Document(
        name="keys page by page",
        text="""
        {
          assetNodes(assetKeys: [{path: ["events"]}, {path: ["by_region"]}, {path: ["grid"]}, {path: ["root"]}]) {
            assetKey { path }
            partitionKeyConnection(limit: 3, ascending: true) { results hasMore }
            all: partitionKeyConnection(limit: 100, ascending: true) { results hasMore }
          }
        }""",
    ),
    Document(
        name="the first page of keys",
        text="""
        {
          assetNodeOrError(assetKey: {path: ["events"]}) {
            ... on AssetNode { partitionKeyConnection(limit: 4, ascending: true) { results hasMore cursor } }
          }
        }""",
        keeps={"page": "assetNodeOrError.partitionKeyConnection.cursor"},
    ),
    Document(
        name="the second page of keys",
        text="""
        query($cursor: String) {
          assetNodeOrError(assetKey: {path: ["events"]}) {
            ... on AssetNode { partitionKeyConnection(limit: 4, ascending: true, cursor: $cursor) { results hasMore } }
          }
        }""",
        variables={"cursor": "<page>"},
    ),
    Document(
        name="backfill policies, and what depends on what",
        text="""
        {
          assetNodes {
            assetKey { path }
            backfillPolicy { policyType maxPartitionsPerRun description }
            dependencies { asset { assetKey { path } } }
            dependedByKeys { path }
            hasAssetChecks
          }
        }""",
    ),
    statuses("where partitions stand before anything ran", "events", "by_region", "grid", "shelf", "in_towns", "root"),
)

JOBS = (
    Document(
        name="partition sets of a repository",
        text="""
        query($in: RepositorySelector!) {
          repositoryOrError(repositorySelector: $in) {
            ... on Repository {
              partitionSets {
                name pipelineName mode solidSelection hasLaunchBackfillPermission hasCancelBackfillPermission
                repositoryOrigin { repositoryName repositoryLocationName }
                partitionsOrError { __typename ... on Partitions { results { name partitionSetName } } }
              }
              schedules { name partitionSet { name } }
            }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="partition sets of jobs, and those that are not there",
        text="""
        query($in: RepositorySelector!) {
          painting: partitionSetsOrError(repositorySelector: $in, pipelineName: "painting") {
            ... on PartitionSets { results { name } }
          }
          idle: partitionSetsOrError(repositorySelector: $in, pipelineName: "idle") { ... on PartitionSets { results { name } } }
          all: partitionSetsOrError(repositorySelector: $in, pipelineName: "__ASSET_JOB") {
            ... on PartitionSets { results { name } }
          }
          missing: partitionSetOrError(repositorySelector: $in, partitionSetName: "nothing") {
            __typename ... on PartitionSetNotFoundError { message partitionSetName }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="some partitions of a set",
        text="""
        query($in: RepositorySelector!) {
          partitionSetOrError(repositorySelector: $in, partitionSetName: "days_job_partition_set") {
            ... on PartitionSet {
              first: partitionsOrError(limit: 2) { ... on Partitions { results { name } } }
              next: partitionsOrError(limit: 2, cursor: "2024-01-02") { ... on Partitions { results { name } } }
              last: partitionsOrError(limit: 2, reverse: true) { ... on Partitions { results { name } } }
              before: partitionsOrError(limit: 2, reverse: true, cursor: "2024-01-09") { ... on Partitions { results { name } } }
              after: partitionsOrError(cursor: "2024-01-08") { ... on Partitions { results { name } } }
              backwards: partitionsOrError(reverse: true) { ... on Partitions { results { name } } }
            }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="config and tags of a partition of a set",
        text="""
        query($in: RepositorySelector!) {
          partitionSetOrError(repositorySelector: $in, partitionSetName: "painting_partition_set") {
            ... on PartitionSet {
              partition(partitionName: "red") {
                name partitionSetName mode solidSelection status runs { runId }
                runConfigOrError { __typename ... on PartitionRunConfig { yaml } }
                tagsOrError { __typename ... on PartitionTags { results { key value } } }
              }
            }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="partition keys of jobs",
        text="""
        query($painting: PipelineSelector!, $days: PipelineSelector!, $idle: PipelineSelector!, $all: PipelineSelector!) {
          painting: pipelineOrError(params: $painting) {
            ... on Pipeline {
              partitionKeysOrError { partitionKeys }
              last: partitionKeysOrError(limit: 1, reverse: true) { partitionKeys }
              after: partitionKeysOrError(limit: 1, cursor: "red") { partitionKeys }
            }
          }
          days: pipelineOrError(params: $days) {
            ... on Pipeline {
              partitionKeysOrError(limit: 2) { partitionKeys }
              last: partitionKeysOrError(limit: 2, reverse: true) { partitionKeys }
            }
          }
          idle: pipelineOrError(params: $idle) { ... on Pipeline { partitionKeysOrError { partitionKeys } } }
          all: pipelineOrError(params: $all) {
            ... on Pipeline {
              regions: partitionKeysOrError(selectedAssetKeys: [{path: ["by_region"]}, {path: ["root"]}]) { partitionKeys }
              grid: partitionKeysOrError(selectedAssetKeys: [{path: ["grid"]}], limit: 3) { partitionKeys }
              none: partitionKeysOrError(selectedAssetKeys: [{path: ["root"]}]) { partitionKeys }
            }
          }
        }""",
        variables={
            "painting": selector("painting"),
            "days": selector("days_job"),
            "idle": selector("idle"),
            "all": selector("__ASSET_JOB"),
        },
    ),
    Document(
        name="config and tags of partitions of jobs",
        text="""
        fragment Said on PartitionTagsAndConfig {
          name jobName
          tagsOrError { __typename ... on PartitionTags { results { key value } } }
          runConfigOrError { __typename ... on PartitionRunConfig { yaml } }
        }
        query($painting: PipelineSelector!, $days: PipelineSelector!, $idle: PipelineSelector!, $all: PipelineSelector!) {
          painting: pipelineOrError(params: $painting) { ... on Pipeline { partition(partitionName: "blue") { ...Said } } }
          days: pipelineOrError(params: $days) {
            ... on Pipeline {
              partition(partitionName: "2024-01-02") { ...Said }
              some: partition(partitionName: "2024-01-02", selectedAssetKeys: [{path: ["events"]}]) { ...Said }
            }
          }
          idle: pipelineOrError(params: $idle) { ... on Pipeline { partition(partitionName: "blue") { ...Said } } }
          all: pipelineOrError(params: $all) {
            ... on Pipeline {
              region: partition(partitionName: "east", selectedAssetKeys: [{path: ["by_region"]}]) { ...Said }
              grid: partition(partitionName: "2024-01-01|east", selectedAssetKeys: [{path: ["grid"]}]) { ...Said }
              none: partition(partitionName: "east", selectedAssetKeys: [{path: ["root"]}]) { ...Said }
            }
          }
        }""",
        variables={
            "painting": selector("painting"),
            "days": selector("days_job"),
            "idle": selector("idle"),
            "all": selector("__ASSET_JOB"),
        },
    ),
)

DYNAMIC = (
    Document(
        name="keys are added to dynamic partitions",
        text="""
        mutation($in: RepositorySelector!) {
          lviv: addDynamicPartition(partitionKey: "Lviv", partitionsDefName: "towns", repositorySelector: $in) { __typename }
          kyiv: addDynamicPartition(partitionKey: "Kyiv", partitionsDefName: "towns", repositorySelector: $in) { __typename }
          again: addDynamicPartition(partitionKey: "Kyiv", partitionsDefName: "towns", repositorySelector: $in) {
            __typename ... on DuplicateDynamicPartitionError { message partitionName partitionsDefName }
          }
          dimension: addDynamicPartition(partitionKey: "Main", partitionsDefName: "streets", repositorySelector: $in) {
            __typename ... on AddDynamicPartitionSuccess { partitionsDefName partitionKey }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    Document(
        name="dynamic partitions as they are then",
        text="""
        {
          assetNodes(assetKeys: [{path: ["in_towns"]}, {path: ["in_streets"]}]) {
            partitionKeys partitionKeysByDimension { name partitionKeys } partitionStats { numPartitions }
            partitionKeyConnection(limit: 1, ascending: true) { results hasMore }
          }
        }""",
    ),
    launch(
        "a dynamic partition is materialized",
        "__ASSET_JOB",
        "town",
        assetSelection=paths("in_towns"),
        executionMetadata=of_partition("Lviv"),
    ),
    ended("the dynamic partition is made", "<town>"),
    statuses("where dynamic partitions stand", "in_towns", "in_streets"),
    Document(
        name="keys are taken from dynamic partitions",
        text="""
        mutation($in: RepositorySelector!) {
          deleteDynamicPartitions(partitionKeys: ["Lviv", "nothing"], partitionsDefName: "towns", repositorySelector: $in) {
            __typename ... on DeleteDynamicPartitionsSuccess { partitionsDefName }
          }
          other: deleteDynamicPartitions(partitionKeys: ["Lviv"], partitionsDefName: "nothing", repositorySelector: $in) {
            __typename
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    statuses("where dynamic partitions stand that are left", "in_towns"),
)

RUNS = (
    launch("a day is materialized", "days_job", "day", executionMetadata=of_partition("2024-01-02")),
    ended("the day is made", "<day>"),
    launch(
        "a partition of a set is launched",
        "painting",
        "red",
        runConfigData={"ops": {"paint": {"config": {"colour": "red"}}}},
        executionMetadata=of_partition("red", colour="red", **{"dagster/partition_set": "painting_partition_set"}),
    ),
    ended("the partition of the set ends", "<red>"),
    Document(
        name="the latest run for each partition of a set",
        text="""
        query($in: RepositorySelector!) {
          partitionSetOrError(repositorySelector: $in, partitionSetName: "painting_partition_set") {
            ... on PartitionSet {
              partitionStatusesOrError {
                __typename ... on PartitionStatuses { results { partitionName runId runStatus } }
              }
              partitionRuns { partitionName run { runId status } }
              partition(partitionName: "red") {
                runs { runId status } filtered: runs(filter: {statuses: [FAILURE]}) { runId }
              }
            }
          }
        }""",
        variables={"in": REPOSITORY},
    ),
    launch(
        "a partition fails",
        "__ASSET_JOB",
        "west",
        assetSelection=paths("by_region"),
        executionMetadata=of_partition("west"),
    ),
    ended("the partition has failed", "<west>"),
    launch(
        "a range of partitions is one run",
        "__ASSET_JOB",
        "whole",
        assetSelection=paths("whole"),
        executionMetadata=of_range("2024-01-02", "2024-01-06"),
    ),
    ended("the range is made", "<whole>"),
    launch(
        "a partition of two dimensions is materialized",
        "__ASSET_JOB",
        "cell",
        assetSelection=paths("grid"),
        executionMetadata=of_partition(
            "2024-01-03|east", **{"dagster/partition/day": "2024-01-03", "dagster/partition/region": "east"}
        ),
    ),
    ended("the partition of two dimensions is made", "<cell>"),
    Document(
        name="partitions are reported",
        text="""
        mutation {
          regions: reportRunlessAssetEvents(
            eventParams: {eventType: ASSET_MATERIALIZATION, assetKey: {path: ["by_region"]}, partitionKeys: ["north", "east"]}
          ) { __typename ... on ReportRunlessAssetEventsSuccess { assetKey { path } } }
          days: reportRunlessAssetEvents(
            eventParams: {
              eventType: ASSET_MATERIALIZATION, assetKey: {path: ["events"]}, description: "by hand",
              partitionKeys: ["2024-01-05", "2024-01-06", "2024-01-08"]
            }
          ) { __typename }
          grid: reportRunlessAssetEvents(
            eventParams: {
              eventType: ASSET_MATERIALIZATION, assetKey: {path: ["grid"]},
              partitionKeys: ["2024-01-04|east", "2024-01-06|west", "2024-01-07|west"]
            }
          ) { __typename }
          shelf: reportRunlessAssetEvents(
            eventParams: {
              eventType: ASSET_MATERIALIZATION, assetKey: {path: ["shelf"]},
              partitionKeys: ["east|small", "north|small", "north|large", "south|large"]
            }
          ) { __typename }
          hours: reportRunlessAssetEvents(
            eventParams: {
              eventType: ASSET_MATERIALIZATION, assetKey: {path: ["measured"]},
              partitionKeys: ["2024-03-31-01:00", "2024-03-31-03:00", "2024-03-31-05:00"]
            }
          ) { __typename }
          seen: reportRunlessAssetEvents(
            eventParams: {eventType: ASSET_OBSERVATION, assetKey: {path: ["summary"]}, partitionKeys: ["2024-01-01"]}
          ) { __typename }
        }""",
    ),
    statuses("where windows of time stand", "events", "whole", "measured", "summary"),
    statuses(
        "where partitions that are not time stand",
        "by_region",
    ),
    statuses("where partitions of two dimensions stand", "grid"),
    launch(
        "a partition that was made fails",
        "__ASSET_JOB",
        "fifth",
        assetSelection=paths("events"),
        executionMetadata=of_partition("2024-01-05"),
    ),
    ended("the partition that was made has failed", "<fifth>"),
    statuses("where a partition stands that was made and failed", "events"),
    Document(
        name="the latest materialization and run of partitions",
        text="""
        {
          assetNodeOrError(assetKey: {path: ["events"]}) {
            ... on AssetNode {
              latestMaterializationByPartition(partitions: ["2024-01-02", "2024-01-05", "2024-01-07"]) {
                partition runId description
              }
              all: latestMaterializationByPartition { partition }
              made: latestRunForPartition(partition: "2024-01-02") { runId status }
              failed: latestRunForPartition(partition: "2024-01-05") { runId status }
              never: latestRunForPartition(partition: "2024-01-07") { runId }
            }
          }
          assetOrError(assetKey: {path: ["events"]}) {
            ... on Asset {
              assetMaterializations(partitions: ["2024-01-05", "2024-01-06"]) { partition description }
            }
          }
        }""",
    ),
    Document(
        name="versions of data of partitions",
        text="""
        {
          assetNodeOrError(assetKey: {path: ["events"]}) {
            ... on AssetNode {
              dataVersion
              one: dataVersion(partition: "2024-01-02")
              dataVersionByPartition(partitions: ["2024-01-01", "2024-01-02"])
            }
          }
        }""",
    ),
    Document(
        name="partitions are launched by one request",
        text="""
        mutation($list: [ExecutionParams!]!) {
          launchMultipleRuns(executionParamsList: $list) {
            ... on LaunchMultipleRunsResult {
              launchMultipleRunsResult {
                __typename ... on LaunchRunSuccess { run { jobName status tags { key value } assetSelection { path } } }
              }
            }
          }
        }""",
        variables={
            "list": [
                {
                    "selector": selector("__ASSET_JOB", assetSelection=paths("pairs")),
                    "executionMetadata": of_partition(day),
                }
                for day in DAYS
            ]
        },
    ),
    statuses(
        "the partitions that were launched by one request are made",
        "pairs",
        until=("assetNodes.0.partitionStats.numMaterialized", (3,)),
    ),
    Document(
        name="assets with different partitions are not launched together",
        text="""
        mutation($params: ExecutionParams!) { launchRun(executionParams: $params) { __typename } }
        """,
        variables={
            "params": {
                "selector": selector("__ASSET_JOB", assetSelection=paths("by_region", "events")),
                "executionMetadata": of_partition("east"),
            }
        },
    ),
    Document(
        name="a partitioned asset is forgotten",
        text="""
        mutation {
          wipeAssets(assetPartitionRanges: [{assetKey: {path: ["grid"]}}]) {
            __typename ... on AssetWipeSuccess { assetPartitionRanges { assetKey { path } partitionRange { start end } } }
          }
        }""",
    ),
    statuses("where partitions of a forgotten asset stand", "grid"),
)

CHECKS = (
    Document(
        name="checks with and without partitions",
        text="""
        {
          assetNodes(assetKeys: [{path: ["root"]}, {path: ["events"]}, {path: ["by_region"]}, {path: ["middle"]}]) {
            assetKey { path } hasAssetChecks
            assetChecksOrError {
              ... on AssetChecks {
                checks {
                  name description blocking canExecuteIndividually jobNames additionalAssetKeys { path }
                  partitionDefinition { type description }
                  partitionKeysByDimension { name type partitionKeys }
                }
              }
            }
            limited: assetChecksOrError(limit: 1) { ... on AssetChecks { checks { name } } }
            found: assetCheckOrError(checkName: "is_odd") { __typename }
          }
        }""",
    ),
    launch(
        "an asset is materialized without its checks", "__ASSET_JOB", "bare", assetSelection=paths("root"), assetCheckSelection=[]
    ),
    ended("the asset without its checks is made", "<bare>"),
    launch(
        "one check is executed alone",
        "__ASSET_JOB",
        "odd",
        assetSelection=[],
        assetCheckSelection=[check("root", "is_odd")],
    ),
    ended("the check has been executed", "<odd>"),
    Document(
        name="what a run of one check was about",
        text="""
        query($runId: ID!) {
          runOrError(runId: $runId) {
            ... on Run { assetSelection { path } assetCheckSelection { name assetKey { path } } assetChecks { name } status }
          }
        }""",
        variables={"runId": "<odd>"},
    ),
    Document(
        name="a check is launched that is not there",
        text="""
        mutation($params: ExecutionParams!) { launchRun(executionParams: $params) { __typename } }
        """,
        variables={"params": {"selector": selector("__ASSET_JOB", assetCheckSelection=[check("root", "nothing")])}},
    ),
    launch("an asset is materialized with all its checks", "__ASSET_JOB", "checked", assetSelection=paths("root")),
    ended("one of the checks has raised", "<checked>"),
    executions("executions of a check that warns", "root", "is_odd"),
    executions("executions of a blocking check", "root", "is_whole"),
    executions("executions of a check that raises", "root", "breaks"),
    launch(
        "a day is checked with its asset",
        "__ASSET_JOB",
        "third",
        assetSelection=paths("events"),
        executionMetadata=of_partition("2024-01-03"),
    ),
    ended("the day has been checked", "<third>"),
    launch(
        "a check of one partition is executed alone",
        "__ASSET_JOB",
        "rows",
        assetSelection=[],
        assetCheckSelection=[check("events", "has_rows")],
        executionMetadata=of_partition("2024-01-02"),
    ),
    ended("the check of one partition has been executed", "<rows>"),
    executions("executions of a check with partitions", "events", "has_rows"),
    executions("executions of a check of one partition", "events", "has_rows", partition="2024-01-02"),
    Document(
        name="evaluations are reported",
        text="""
        mutation {
          regions: reportAssetCheckEvaluations(
            eventParams: {
              assetKey: {path: ["by_region"]}, checkName: "is_known", passed: false, severity: WARN,
              partitionKeys: ["south"], description: "by hand"
            }
          ) { __typename ... on ReportAssetCheckEvaluationsSuccess { checkName assetKey { path } } }
          whole: reportAssetCheckEvaluations(
            eventParams: {
              assetKey: {path: ["root"]}, checkName: "is_whole", passed: false, serializedMetadata: "{\\"rows\\": 1}"
            }
          ) { __typename }
        }""",
    ),
    executions("executions that were reported", "by_region", "is_known"),
    Document(name="where checks stand, and their partitions", text=STANDING_CHECKS),
)

STALE = (
    launch("a line of assets is materialized", "__ASSET_JOB", "line", assetSelection=paths("middle", "leaf")),
    ended("the line is made", "<line>"),
    staleness("assets that were just made", "root", "middle", "leaf", "tap", "events", "total"),
    launch(
        "the root of the line is materialized again", "__ASSET_JOB", "again", assetSelection=paths("root"), assetCheckSelection=[]
    ),
    ended("the root has the same data", "<again>"),
    staleness("the same data make nothing stale", "root", "middle", "leaf"),
    Document(name="checks of what was materialized since without them", text=STANDING_CHECKS),
    Document(
        name="when the end of the line was made",
        text="""
        {
          assetNodeOrError(assetKey: {path: ["leaf"]}) {
            ... on AssetNode { assetMaterializations(limit: 1) { startTimestamp: timestamp } }
          }
        }""",
        keeps={"made": "assetNodeOrError.assetMaterializations.0.startTimestamp"},
    ),
    Document(
        name="of which data the end of the line was made",
        text="""
        query($made: String!) {
          assetNodeOrError(assetKey: {path: ["leaf"]}) {
            ... on AssetNode {
              assetMaterializationUsedData(timestampMillis: $made) { assetKey { path } downstreamAssetKey { path } }
              never: assetMaterializationUsedData(timestampMillis: "1") { assetKey { path } }
            }
          }
        }""",
        variables={"made": "<made>"},
    ),
    launch("the middle of the line is materialized again", "__ASSET_JOB", "new", assetSelection=paths("middle")),
    ended("the middle has other data", "<new>"),
    staleness("other data make stale what was made of them", "root", "middle", "leaf"),
    staleness("an asset of many partitions", "total", "by_region", "grid"),
    Document(
        name="versions of data",
        text="""
        { assetNodes(assetKeys: [{path: ["root"]}, {path: ["tap"]}, {path: ["total"]}]) { assetKey { path } dataVersion } }
        """,
    ),
    launch("the code gets another version", "__ASSET_JOB", "version", assetSelection=paths("next_version")),
    ended("the code has another version", "<version>"),
    Document(
        name="the code with another version is loaded",
        text="""
        mutation { reloadRepositoryLocation(repositoryLocationName: "project.py") { __typename } }
        """,
    ),
    staleness("another version of the code, and another dependency", "root", "middle", "leaf"),
    staleness_of_days("days that are stale or missing", "report"),
    staleness_of_days("days of what depends on nothing", "events"),
    launch(
        "a day is materialized again with the same data",
        "__ASSET_JOB",
        "same",
        assetSelection=paths("events"),
        executionMetadata=of_partition("2024-01-02"),
    ),
    ended("the day has the same data", "<same>"),
    staleness_of_days("a day with the same data makes nothing stale", "report"),
    Document(
        name="a day is reported with other data",
        text="""
        mutation {
          reportRunlessAssetEvents(
            eventParams: {eventType: ASSET_MATERIALIZATION, assetKey: {path: ["events"]}, partitionKeys: ["2024-01-02"]}
          ) { __typename }
        }""",
    ),
    staleness_of_days("a day with other data makes stale what was made of it", "report"),
)

DOCUMENTS: tuple[Document, ...] = (*DECLARED, *JOBS, *DYNAMIC, *RUNS, *CHECKS, *STALE)
