-- A file of schema 6, as `sqlite3 dagster.db .dump` writes it.
PRAGMA user_version=6;
BEGIN TRANSACTION;
CREATE TABLE asset_check_partitions (
asset_key TEXT NOT NULL,
check_name TEXT NOT NULL,
partition TEXT NOT NULL,
planned_id INTEGER,
planned_run_id TEXT,
evaluation_id INTEGER,
evaluation_run_id TEXT,
passed BOOLEAN,
PRIMARY KEY (asset_key, check_name, partition)
)
WITHOUT ROWID;
INSERT INTO "asset_check_partitions" VALUES('["a"]','c','x',NULL,NULL,13,'r2',0);
INSERT INTO "asset_check_partitions" VALUES('["a"]','c','y',NULL,NULL,14,'r1',1);
CREATE TABLE asset_checks (
asset_key TEXT NOT NULL,
check_name TEXT NOT NULL,
planned_id INTEGER,
planned_run_id TEXT,
evaluation_id INTEGER,
evaluation_run_id TEXT,
passed BOOLEAN,
PRIMARY KEY (asset_key, check_name)
)
WITHOUT ROWID;
INSERT INTO "asset_checks" VALUES('["a"]','c',NULL,NULL,14,'r1',1);
CREATE TABLE asset_partitions (
asset_key TEXT NOT NULL,
partition TEXT NOT NULL,
materialization_id INTEGER,
materialization_run_id TEXT,
data_version TEXT,
observation_id INTEGER,
planned_id INTEGER,
planned_run_id TEXT,
planned_step_key TEXT,
PRIMARY KEY (asset_key, partition)
)
WITHOUT ROWID;
INSERT INTO "asset_partitions" VALUES('["a"]','x',4,'r1','v1',NULL,1,'r1','step');
INSERT INTO "asset_partitions" VALUES('["a"]','y',11,'',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE assets (
id INTEGER NOT NULL,
asset_key TEXT NOT NULL,
materialization_id INTEGER,
materialization_run_id TEXT,
data_version TEXT,
observation_id INTEGER,
planned_id INTEGER,
planned_run_id TEXT,
planned_step_key TEXT,
PRIMARY KEY (id),
UNIQUE (asset_key)
);
INSERT INTO "assets" VALUES(1,'["a"]',11,'',NULL,8,1,'r1','step');
INSERT INTO "assets" VALUES(2,'["p", "b"]',7,'r2',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE dynamic_partitions (
id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
definition TEXT NOT NULL,
partition TEXT NOT NULL,
create_timestamp DOUBLE NOT NULL,
UNIQUE (definition, partition)
);
INSERT INTO "dynamic_partitions" VALUES(1,'regions','eu',300.0);
INSERT INTO "dynamic_partitions" VALUES(2,'regions','us',300.0);
CREATE TABLE events (
id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
run_id TEXT NOT NULL,
attempt INTEGER NOT NULL,
sequence INTEGER,
timestamp DOUBLE NOT NULL,
event_type TEXT,
asset_key TEXT,
partition TEXT,
check_name TEXT,
step_key TEXT,
body TEXT NOT NULL
);
INSERT INTO "events" VALUES(1,'r1',0,0,1000.0,'ASSET_MATERIALIZATION_PLANNED','["a"]','x',NULL,'step','{"error_info":null,"level":10,"user_message":"","run_id":"r1","timestamp":1000.0,"step_key":"step","dagster_event":{"event_type_value":"ASSET_MATERIALIZATION_PLANNED","job_name":"a_job","step_key":"step","event_specific_data":{"type":"AssetMaterializationPlannedData","asset_key":["a"],"partition":"x"}}}');
INSERT INTO "events" VALUES(2,'r1',0,1,101.0,'PIPELINE_START',NULL,NULL,NULL,NULL,'{"error_info":null,"level":10,"user_message":"","run_id":"r1","timestamp":101.0,"dagster_event":{"event_type_value":"PIPELINE_START","job_name":"a_job"}}');
INSERT INTO "events" VALUES(3,'r1',0,2,102.0,'STEP_START',NULL,NULL,NULL,'step','{"error_info":null,"level":10,"user_message":"","run_id":"r1","timestamp":102.0,"step_key":"step","dagster_event":{"event_type_value":"STEP_START","job_name":"a_job","step_key":"step"}}');
INSERT INTO "events" VALUES(4,'r1',0,3,1000.0,'ASSET_MATERIALIZATION','["a"]','x',NULL,'step','{"error_info":null,"level":10,"user_message":"","run_id":"r1","timestamp":1000.0,"step_key":"step","dagster_event":{"event_type_value":"ASSET_MATERIALIZATION","job_name":"a_job","step_key":"step","event_specific_data":{"type":"StepMaterializationData","materialization":{"asset_key":["a"],"partition":"x","tags":{"dagster/data_version":"v1"}}}}}');
INSERT INTO "events" VALUES(5,'r1',0,4,103.0,'STEP_SUCCESS',NULL,NULL,NULL,'step','{"error_info":null,"level":10,"user_message":"","run_id":"r1","timestamp":103.0,"step_key":"step","dagster_event":{"event_type_value":"STEP_SUCCESS","job_name":"a_job","step_key":"step"}}');
INSERT INTO "events" VALUES(6,'r1',0,5,104.0,'PIPELINE_SUCCESS',NULL,NULL,NULL,NULL,'{"error_info":null,"level":10,"user_message":"","run_id":"r1","timestamp":104.0,"dagster_event":{"event_type_value":"PIPELINE_SUCCESS","job_name":"a_job"}}');
INSERT INTO "events" VALUES(7,'r2',0,0,1000.0,'ASSET_MATERIALIZATION','["p", "b"]',NULL,NULL,'step','{"error_info":null,"level":10,"user_message":"","run_id":"r2","timestamp":1000.0,"step_key":"step","dagster_event":{"event_type_value":"ASSET_MATERIALIZATION","job_name":"a_job","step_key":"step","event_specific_data":{"type":"StepMaterializationData","materialization":{"asset_key":["p","b"]}}}}');
INSERT INTO "events" VALUES(8,'r2',0,1,1000.0,'ASSET_OBSERVATION','["a"]',NULL,NULL,NULL,'{"error_info":null,"level":10,"user_message":"","run_id":"r2","timestamp":1000.0,"dagster_event":{"event_type_value":"ASSET_OBSERVATION","job_name":"a_job","event_specific_data":{"type":"AssetObservationData","asset_observation":{"asset_key":["a"]}}}}');
INSERT INTO "events" VALUES(9,'r2',0,2,1000.0,'ASSET_CHECK_EVALUATION','["a"]',NULL,'c',NULL,'{"error_info":null,"level":10,"user_message":"","run_id":"r2","timestamp":1000.0,"dagster_event":{"event_type_value":"ASSET_CHECK_EVALUATION","job_name":"a_job","event_specific_data":{"type":"AssetCheckEvaluation","asset_key":["a"],"check_name":"c","passed":true}}}');
INSERT INTO "events" VALUES(10,'r2',0,3,9.0,'PIPELINE_FAILURE',NULL,NULL,NULL,NULL,'{"error_info":null,"level":10,"user_message":"","run_id":"r2","timestamp":9.0,"dagster_event":{"event_type_value":"PIPELINE_FAILURE","job_name":"a_job","event_specific_data":{"type":"JobFailureData","failure_reason":"RUN_WORKER_CRASH"}}}');
INSERT INTO "events" VALUES(11,'',0,NULL,1000.0,'ASSET_MATERIALIZATION','["a"]','y',NULL,'step','{"error_info":null,"level":10,"user_message":"","run_id":"","timestamp":1000.0,"step_key":"step","dagster_event":{"event_type_value":"ASSET_MATERIALIZATION","job_name":"a_job","step_key":"step","event_specific_data":{"type":"StepMaterializationData","materialization":{"asset_key":["a"],"partition":"y"}}}}');
INSERT INTO "events" VALUES(12,'r1',0,NULL,20.0,'ASSET_CHECK_EVALUATION','["a"]','x','c',NULL,'{"error_info":null,"level":10,"user_message":"","run_id":"r1","timestamp":20.0,"job_name":"j","dagster_event":{"event_type_value":"ASSET_CHECK_EVALUATION","job_name":"j","event_specific_data":{"type":"AssetCheckEvaluation","asset_key":["a"],"check_name":"c","passed":true,"partition":"x"}}}');
INSERT INTO "events" VALUES(13,'r2',0,NULL,20.0,'ASSET_CHECK_EVALUATION','["a"]','x','c',NULL,'{"error_info":null,"level":10,"user_message":"","run_id":"r2","timestamp":20.0,"job_name":"j","dagster_event":{"event_type_value":"ASSET_CHECK_EVALUATION","job_name":"j","event_specific_data":{"type":"AssetCheckEvaluation","asset_key":["a"],"check_name":"c","passed":false,"partition":"x"}}}');
INSERT INTO "events" VALUES(14,'r1',0,NULL,20.0,'ASSET_CHECK_EVALUATION','["a"]','y','c',NULL,'{"error_info":null,"level":10,"user_message":"","run_id":"r1","timestamp":20.0,"job_name":"j","dagster_event":{"event_type_value":"ASSET_CHECK_EVALUATION","job_name":"j","event_specific_data":{"type":"AssetCheckEvaluation","asset_key":["a"],"check_name":"c","passed":true,"partition":"y"}}}');
CREATE TABLE heartbeats (
loop TEXT NOT NULL,
holder TEXT NOT NULL,
timestamp DOUBLE NOT NULL,
body TEXT NOT NULL,
PRIMARY KEY (loop, holder)
)
WITHOUT ROWID;
CREATE TABLE instigators (
selector TEXT NOT NULL,
version INTEGER NOT NULL,
body TEXT NOT NULL,
PRIMARY KEY (selector)
)
WITHOUT ROWID;
CREATE TABLE leases (
name TEXT NOT NULL,
holder TEXT NOT NULL,
epoch INTEGER NOT NULL,
renewed DOUBLE NOT NULL,
seconds DOUBLE NOT NULL,
PRIMARY KEY (name)
)
WITHOUT ROWID;
INSERT INTO "leases" VALUES('run/old','a',2,400.0,30.0);
CREATE TABLE notes (
name TEXT NOT NULL,
content TEXT NOT NULL,
PRIMARY KEY (name)
)
WITHOUT ROWID;
INSERT INTO "notes" VALUES('n','1');
CREATE TABLE pool_claims (
pool TEXT NOT NULL,
run_id TEXT NOT NULL,
step_key TEXT NOT NULL,
priority INTEGER NOT NULL,
enqueued DOUBLE NOT NULL,
claimed DOUBLE,
expires DOUBLE,
PRIMARY KEY (pool, run_id, step_key)
)
WITHOUT ROWID;
CREATE TABLE pool_limits (
pool TEXT NOT NULL,
slots INTEGER NOT NULL,
from_default BOOLEAN NOT NULL,
PRIMARY KEY (pool)
)
WITHOUT ROWID;
CREATE TABLE run_keys (
selector TEXT NOT NULL,
digest TEXT NOT NULL,
run_id TEXT NOT NULL,
PRIMARY KEY (selector, digest)
)
WITHOUT ROWID;
CREATE TABLE run_steps (
id INTEGER NOT NULL,
run_id TEXT NOT NULL,
step_key TEXT NOT NULL,
status TEXT NOT NULL,
start_time DOUBLE,
end_time DOUBLE,
attempts INTEGER NOT NULL,
PRIMARY KEY (id),
UNIQUE (run_id, step_key)
);
INSERT INTO "run_steps" VALUES(1,'r1','step','SUCCESS',102.0,103.0,1);
CREATE TABLE run_tags (
run INTEGER NOT NULL,
"key" TEXT NOT NULL,
value TEXT NOT NULL,
PRIMARY KEY (run, "key")
)
WITHOUT ROWID;
INSERT INTO "run_tags" VALUES(2,'dagster/failure_reason','RUN_WORKER_CRASH');
INSERT INTO "run_tags" VALUES(1,'n','1');
INSERT INTO "run_tags" VALUES(1,'team','a');
CREATE TABLE runs (
id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
run_id TEXT NOT NULL,
job_name TEXT NOT NULL,
status TEXT NOT NULL,
snapshot_id TEXT,
attempt INTEGER NOT NULL,
create_timestamp DOUBLE NOT NULL,
update_timestamp DOUBLE NOT NULL,
start_time DOUBLE,
end_time DOUBLE,
body TEXT NOT NULL,
UNIQUE (run_id)
);
INSERT INTO "runs" VALUES(1,'r1','a_job','SUCCESS',NULL,0,100.0,1.79516466482372164729e+09,101.0,104.0,'{"job_name":"a_job","run_id":"r1","tags":{"team":"a","n":"1"}}');
INSERT INTO "runs" VALUES(2,'r2','other','FAILURE',NULL,0,200.0,1.79516466482442688936e+09,NULL,9.0,'{"job_name":"other","run_id":"r2","status":"FAILURE","tags":{"dagster/failure_reason":"RUN_WORKER_CRASH"}}');
CREATE TABLE schema_revision (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT schema_revision_pkc PRIMARY KEY (version_num)
);
INSERT INTO "schema_revision" VALUES('0006');
CREATE TABLE schema_version (
version INTEGER NOT NULL
);
INSERT INTO "schema_version" VALUES(6);
CREATE TABLE ticks (
id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
instigator_type TEXT NOT NULL,
selector TEXT NOT NULL,
status TEXT NOT NULL,
timestamp DOUBLE NOT NULL,
body TEXT NOT NULL
);
CREATE INDEX events_by_asset ON events (asset_key, event_type, id) WHERE asset_key IS NOT NULL;
CREATE UNIQUE INDEX events_by_number ON events (run_id, attempt, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX events_by_run ON events (run_id, id);
CREATE INDEX events_by_type ON events (event_type, id);
CREATE INDEX run_tags_by_value ON run_tags ("key", value, run);
CREATE INDEX runs_by_job ON runs (job_name, id);
CREATE INDEX runs_by_status ON runs (status, id);
CREATE INDEX runs_by_update ON runs (update_timestamp);
CREATE INDEX dynamic_partitions_in_order ON dynamic_partitions (definition, id);
CREATE INDEX ticks_by_selector ON ticks (selector, id);
CREATE INDEX ticks_by_status ON ticks (instigator_type, status, timestamp);
CREATE INDEX pool_claims_by_run ON pool_claims (run_id);
CREATE INDEX run_keys_by_run ON run_keys (run_id);
CREATE INDEX events_by_check ON events (asset_key, check_name, id) WHERE check_name IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('runs',2);
INSERT INTO "sqlite_sequence" VALUES('events',14);
INSERT INTO "sqlite_sequence" VALUES('dynamic_partitions',2);
COMMIT;
