import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.ModelVersionsPage;
import org.mlflow_project.google.gson.Gson;

/** Registered models. The client only reads them; it writes by its plain POST, as its users do. */
class RegistryPart {
  static void play(Probe probe, MlflowClient client, Path folder, String name) throws Exception {
    var run = client.createRun(client.createExperiment(name));
    Path file = Files.writeString(folder.resolve("model.txt"), "the model");
    client.logArtifact(run.getRunId(), file.toFile(), "model");
    Gson gson = new Gson();
    client.sendPost("registered-models/create", gson.toJson(Map.of("name", name, "description", "of Java")));
    for (String version : List.of("1", "2", "3")) {
      Map<String, String> source =
          Map.of("name", name, "source", run.getArtifactUri() + "/model", "run_id", run.getRunId());
      client.sendPost("model-versions/create", gson.toJson(source));
      var stage = Map.of("name", name, "version", version, "stage", version.equals("3") ? "None" : "Production");
      client.sendPost("model-versions/transition-stage", gson.toJson(stage));
    }
    client.sendPatch("registered-models/update", gson.toJson(Map.of("name", name, "description", "changed")));

    var model = client.getRegisteredModel(name);
    probe.see("model", List.of(model.getName(), model.getDescription(), model.getLatestVersionsCount()));
    ModelVersion version = client.getModelVersion(name, "2");
    probe.see("version", List.of(version.getVersion(), version.getCurrentStage(), version.getStatus()));
    probe.see("of the run", version.getRunId().equals(run.getRunId()));
    probe.see("latest", versions(client.getLatestVersions(name)));
    probe.see("latest in Production", versions(client.getLatestVersions(name, List.of("Production"))));

    ModelVersionsPage page = client.searchModelVersions("name = '" + name + "'", 2, List.of("version_number ASC"));
    probe.see("first page", versions(page.getItems()));
    probe.see("second page", versions(((ModelVersionsPage) page.getNextPage()).getItems()));

    probe.see("download uri ends", client.getModelVersionDownloadUri(name, "2").endsWith("/model"));
    // Asks for the latest version, then does as downloadModelVersion.
    Path latest = client.downloadLatestModelVersion(name, "Production").toPath();
    probe.see("downloaded", Files.readString(latest.resolve("model.txt")));
  }

  private static List<String> versions(List<ModelVersion> found) {
    return found.stream().map(ModelVersion::getVersion).sorted().toList();
  }
}
