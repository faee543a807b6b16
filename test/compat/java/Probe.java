import java.util.LinkedHashMap;
import java.util.Map;
import org.mlflow.tracking.MlflowClient;
import org.mlflow_project.google.gson.GsonBuilder;

/** {@code Probe PART URL FOLDER UNIQUE_NAME}: plays one part with the real client, prints as JSON what it saw. */
public class Probe {
  private final Map<String, Object> seen = new LinkedHashMap<>();

  /** Keeps a value for the printed JSON, and hands it back. */
  <T> T see(String name, T value) {
    seen.put(name, value);
    return value;
  }

  public static void main(String[] args) throws Exception {
    Probe probe = new Probe();
    try (MlflowClient client = new MlflowClient(args[1])) {
      switch (args[0]) {
        case "tracking" -> TrackingPart.play(probe, client, args[3]);
        case "artifacts" -> ArtifactPart.play(probe, client, java.nio.file.Path.of(args[2]), args[3]);
        case "registry" -> RegistryPart.play(probe, client, java.nio.file.Path.of(args[2]), args[3]);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
    var gson = new GsonBuilder().serializeSpecialFloatingPointValues().disableHtmlEscaping().create();
    System.out.println(gson.toJson(probe.seen));
  }
}
