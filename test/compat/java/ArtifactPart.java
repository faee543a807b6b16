import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mlflow.api.proto.Service.FileInfo;
import org.mlflow.tracking.MlflowClient;

/**
 * Artifacts. The client leaves them to MLflow's Python module, run by MLFLOW_PYTHON_EXECUTABLE; every call takes the
 * seconds of a Python start, so there are few.
 */
class ArtifactPart {
  static void play(Probe probe, MlflowClient client, Path folder, String name) throws Exception {
    String id = client.createRun(client.createExperiment(name)).getRunId();
    Path data = Files.createDirectories(folder.resolve("data/in"));
    Files.writeString(data.resolveSibling("a b.txt"), "of Java ä");
    Files.writeString(data.resolve("c.txt"), "deeper");
    client.logArtifact(id, folder.resolve("data/a b.txt").toFile(), "all/in");
    client.logArtifacts(id, folder.resolve("data").toFile(), "all");
    probe.see("listed", infos(client.listArtifacts(id, "all")));
    Path whole = client.downloadArtifacts(id, "all").toPath();
    probe.see("downloaded", List.of(Files.readString(whole.resolve("a b.txt")), Files.readString(whole.resolve("in/a b.txt"))));
  }

  private static List<List<Object>> infos(List<FileInfo> files) {
    return files.stream().map(f -> List.<Object>of(f.getPath(), f.getIsDir(), f.getFileSize())).toList();
  }
}
