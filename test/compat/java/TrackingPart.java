import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunData;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowContext;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.RunsPage;

/** Experiments, runs, what is logged to them, and searches. */
class TrackingPart {
  private final Probe probe;
  private final MlflowClient client;

  private TrackingPart(Probe probe, MlflowClient client) {
    this.probe = probe;
    this.client = client;
  }

  static void play(Probe probe, MlflowClient client, String name) {
    TrackingPart part = new TrackingPart(probe, client);
    String experimentId = part.experiments(name);
    part.oneRun(experimentId);
    part.fluentRun(name);
    part.search(client.createExperiment(name + " of searches"));
    part.deleted(experimentId);
    part.mistakes();
  }

  private String experiments(String name) {
    String id = client.createExperiment(name);
    client.setExperimentTag(id, "team", "blau & grün");
    probe.see("experiment", List.of(id, client.getExperiment(id).getName(), client.getExperiment(id).getLifecycleStage()));
    probe.see("experiment tag", client.getExperiment(id).getTags(0).getValue());
    probe.see("id by name", client.getExperimentByName(name).get().getExperimentId());
    probe.see("unknown name", client.getExperimentByName(name + " of nobody").isPresent());
    client.renameExperiment(id, name + " renamed");
    var found = client.searchExperiments("name = '" + name + " renamed'", ViewType.ACTIVE_ONLY, 5, List.of("name ASC"));
    probe.see("found experiments", found.getItems().stream().map(e -> e.getName()).toList());
    client.deleteExperiment(id);
    probe.see("deleted experiment", client.getExperiment(id).getLifecycleStage());
    client.restoreExperiment(id);
    client.renameExperiment(id, name);
    return id;
  }

  private void oneRun(String experimentId) {
    String id = client.createRun(experimentId).getRunId();
    probe.see("run", id);
    client.logParam(id, "lr", "0.1 <é>");
    client.logMetric(id, "loss", 0.5, 1_795_230_572_242L, 1);
    client.logMetric(id, "loss", 0.25, 1_795_230_572_243L, 2);
    client.logMetric(id, "loss", 0.75, 1_795_230_572_243L, -3);
    client.setTag(id, "note", "of Java");
    client.setTag(id, "gone", "soon");
    client.deleteTag(id, "gone");
    client.logBatch(
        id,
        List.of(metric("batch", 1e300, 7), metric("odd", Double.NaN, 0), metric("high", Double.POSITIVE_INFINITY, 0)),
        List.of(Param.newBuilder().setKey("depth").setValue("4").build()),
        List.of(RunTag.newBuilder().setKey("kind").setValue("batch").build()));
    probe.see("status before", client.getRun(id).getInfo().getStatus());
    client.setTerminated(id, RunStatus.FAILED, 1_795_230_999_999L);
    Run run = client.getRun(id);
    probe.see("status after", run.getInfo().getStatus());
    probe.see("end time", run.getInfo().getEndTime());
    probe.see("metrics", metrics(run.getData()));
    probe.see("params", run.getData().getParamsList().stream().collect(Collectors.toMap(Param::getKey, Param::getValue)));
    probe.see("tags", tags(run.getData()));
    probe.see(
        "history",
        client.getMetricHistory(id, "loss").stream()
            .map(m -> List.of(m.getStep(), m.getValue(), m.getTimestamp()))
            .toList());
    probe.see("history of nothing", client.getMetricHistory(id, "nothing").size());
  }

  /** The fluent interface; it notes the user and the source itself. */
  private void fluentRun(String experimentName) {
    MlflowContext context = new MlflowContext(client).setExperimentName(experimentName);
    context.withActiveRun(
        "fluent",
        run -> {
          run.logParams(Map.of("a", "1", "b", "2"));
          run.logMetrics(Map.of("x", 1.0), 3);
          run.setTags(Map.of("t", "v"));
          probe.see("fluent run", run.getId());
        });
    Run run = client.getRun((String) probe.see("fluent run again", context.getClient().searchRuns(
        List.of(context.getExperimentId()), "tags.mlflow.runName = 'fluent'").get(0).getRunId()));
    probe.see("fluent", List.of(run.getInfo().getStatus(), run.getData().getParamsCount(), run.getData().getMetrics(0).getStep()));
  }

  private void search(String experimentId) {
    for (int i = 0; i < 7; i++) {
      String id = client.createRun(experimentId).getRunId();
      client.logMetric(id, "score", i);
      client.setTerminated(id);
    }
    List<String> experiments = List.of(experimentId);
    RunsPage page = client.searchRuns(experiments, "metrics.score >= 1", ViewType.ACTIVE_ONLY, 4, List.of("metrics.score DESC"));
    probe.see("first page", scores(page.getItems()));
    probe.see("more", page.hasNextPage());
    RunsPage last = (RunsPage) page.getNextPage();
    probe.see("second page", scores(last.getItems()));
    probe.see("still more", last.hasNextPage());
    probe.see("all infos", client.listRunInfos(experimentId).size());
  }

  private void deleted(String experimentId) {
    String id = client.createRun(experimentId).getRunId();
    client.deleteRun(id);
    probe.see("deleted run", client.getRun(id).getInfo().getLifecycleStage());
    List<String> experiments = List.of(experimentId);
    var found = client.searchRuns(experiments, "", ViewType.DELETED_ONLY);
    probe.see("found deleted", found.size() == 1 && found.get(0).getRunId().equals(id));
    client.restoreRun(id);
    probe.see("restored run", client.getRun(id).getInfo().getLifecycleStage());
  }

  private void mistakes() {
    probe.see("unknown run", mistake(() -> client.getRun("0".repeat(32))));
    probe.see("bad filter", mistake(() -> client.searchRuns(List.of("0"), "metrics.")));
  }

  private static List<Object> mistake(Runnable call) {
    try {
      call.run();
      return List.of();
    } catch (MlflowHttpException error) {
      return List.of(error.getStatusCode(), error.getBodyMessage());
    }
  }

  private static Metric metric(String key, double value, long step) {
    return Metric.newBuilder().setKey(key).setValue(value).setTimestamp(1_795_230_572_000L).setStep(step).build();
  }

  private static Map<String, Double> metrics(RunData data) {
    return data.getMetricsList().stream().collect(Collectors.toMap(Metric::getKey, Metric::getValue));
  }

  private static Map<String, String> tags(RunData data) {
    return data.getTagsList().stream().collect(Collectors.toMap(RunTag::getKey, RunTag::getValue));
  }

  private static List<Double> scores(List<Run> runs) {
    return runs.stream().map(run -> metrics(run.getData()).get("score")).toList();
  }
}
