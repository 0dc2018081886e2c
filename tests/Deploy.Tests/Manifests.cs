using System.Collections.Concurrent;
using AdvFit.Deploy.Tests.Schema;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AdvFit.Deploy.Tests;

/// <summary>What <c>kubectl kustomize</c> makes of a folder in <c>deploy/k8s</c>, read strictly.</summary>
internal sealed class Manifests
{
    /// <summary>The folder of a component, which is rendered over the base.</summary>
    public const string Tls = "components/tls";

    private static readonly Dictionary<(string ApiVersion, string Kind), Type> Kinds = new()
    {
        [("v1", "Namespace")] = typeof(Namespace),
        [("v1", "ConfigMap")] = typeof(ConfigMap),
        [("v1", "Service")] = typeof(Service),
        [("v1", "PersistentVolumeClaim")] = typeof(PersistentVolumeClaim),
        [("apps/v1", "StatefulSet")] = typeof(StatefulSet),
        [("policy/v1", "PodDisruptionBudget")] = typeof(PodDisruptionBudget),
        [("networking.k8s.io/v1", "NetworkPolicy")] = typeof(NetworkPolicy),
    };

    private static readonly ConcurrentDictionary<string, Manifests> Read = [];

    private static readonly IDeserializer Strict =
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();

    private static readonly IDeserializer Lenient = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    private Manifests(string text)
    {
        Text = text;
        Objects = [.. text.Split("\n---\n").Select(Parse)];
    }

    /// <summary>All that is deployed.</summary>
    public static TheoryData<string> All => ["base", "overlays/kind", "overlays/gpu", Tls];

    public string Text { get; }

    public IReadOnlyList<KubernetesObject> Objects { get; }

    public IReadOnlyList<StatefulSet> StatefulSets => [.. Objects.OfType<StatefulSet>()];

    /// <summary>The stateful sets of AdvFit's own programs.</summary>
    public IReadOnlyList<StatefulSet> Programs => [Coordinator, Node];

    public StatefulSet Coordinator => Single<StatefulSet>("advfit-coordinator");

    public StatefulSet Node => Single<StatefulSet>("advfit-node");

    /// <summary>What a folder in <c>deploy/k8s</c> renders to.</summary>
    public static Manifests Of(string folder) => Read.GetOrAdd(folder, _ =>
        new(Command.Run("kubectl", "kubernetes-client", "kustomize", folder == Tls ? OverBase(folder) : Repository.PathOf($"deploy/k8s/{folder}"))));

    public T Single<T>(string name)
        where T : KubernetesObject => Objects.OfType<T>().Single(item => item.Metadata.Name == name);

    /// <summary>The variables that a container gets, references to Secrets and to its pod as null.</summary>
    public IReadOnlyDictionary<string, string?> VariablesOf(Container container)
    {
        var variables = new Dictionary<string, string?>();
        foreach (var source in container.EnvFrom)
        {
            foreach (var (name, value) in Single<ConfigMap>(source.ConfigMapRef.Name).Data)
            {
                variables[name] = value;
            }
        }

        foreach (var variable in container.Env)
        {
            variables[variable.Name] = variable.Value;
        }

        return variables;
    }

    private static string OverBase(string component)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "over-base", component)).FullName;
        string Relative(string path) => Path.GetRelativePath(folder, Repository.PathOf($"deploy/k8s/{path}"));
        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), $"""
            resources: [{Relative("base")}]
            components: [{Relative(component)}]
            """);
        return folder;
    }

    private static KubernetesObject Parse(string document)
    {
        var head = Lenient.Deserialize<KubernetesObject>(document);
        return Kinds.TryGetValue((head.ApiVersion, head.Kind), out var type)
            ? (KubernetesObject)Strict.Deserialize(document, type)!
            : throw new NotSupportedException($"Objects {head.Kind} of {head.ApiVersion} are not known here.");
    }
}
