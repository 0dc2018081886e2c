using AdvFit.Deploy.Tests.Schema;

namespace AdvFit.Deploy.Tests;

[Trait("Category", "Kubectl")]
public sealed class Programs_get_the_settings_that_they_have
{
    /// <summary>What is set besides AdvFit's own settings, and heeded by somebody else.</summary>
    private static readonly string[] OfOthers = ["POD_NAME", "NVIDIA_DRIVER_CAPABILITIES", "SSL_CERT_FILE"];

    public static TheoryData<string> All => Manifests.All;

    [Theory, MemberData(nameof(All))]
    public void Every_variable_sets_a_setting_of_the_program(string folder)
    {
        var manifests = Manifests.Of(folder);
        foreach (var container in Containers(manifests))
        {
            manifests.VariablesOf(container).Keys.Except(OfOthers).ShouldAllBe(name => Settings.Of(container).Has(name));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void The_ports_of_a_container_are_those_that_the_program_listens_on(string folder)
    {
        var manifests = Manifests.Of(folder);
        Ports(manifests.Coordinator).ShouldBe([("remoting", Port("AdvFit__Cluster__Port")), ("http", Port("AdvFit__Http__Port"))]);
        Ports(manifests.Node).ShouldBe([("remoting", NodePort("AdvFit__Cluster__Port")), ("health", NodePort("AdvFit__Http__Port"))]);

        IEnumerable<(string, int)> Ports(StatefulSet program) =>
            program.Spec.Template.Spec.Containers.Single().Ports.Select(port => (port.Name, port.Port));
        int Port(string setting) => Number(manifests, manifests.Coordinator, setting);
        int NodePort(string setting) => Number(manifests, manifests.Node, setting);
    }

    [Theory, MemberData(nameof(All))]
    public void Pbm_can_only_be_reached_inside_the_pod(string folder)
    {
        var manifests = Manifests.Of(folder);
        var container = manifests.Coordinator.Spec.Template.Spec.Containers.Single();
        Value(manifests, container, "AdvFit__Pbm__Address").ShouldBe("127.0.0.1");
        manifests.Text.ShouldNotContain(Value(manifests, container, "AdvFit__Pbm__Port")!);
    }

    [Theory, MemberData(nameof(All))]
    public void The_seed_nodes_are_the_coordinators_under_their_names_in_dns(string folder)
    {
        var manifests = Manifests.Of(folder);
        var scheme = folder == Manifests.Tls ? "akka.ssl.tcp" : "akka.tcp";
        var (set, container) = (manifests.Coordinator, manifests.Coordinator.Spec.Template.Spec.Containers.Single());
        set.Spec.Replicas.ShouldBe(3);
        var members = Enumerable.Range(0, set.Spec.Replicas).Select(i =>
        {
            var pod = $"{set.Metadata.Name}-{i}";
            var host = Value(manifests, container, "AdvFit__Cluster__PublicHostname")!.Replace("$(POD_NAME)", pod, StringComparison.Ordinal);
            host.ShouldBe($"{pod}.{set.Spec.ServiceName}");
            return $"{scheme}://{Value(manifests, container, "AdvFit__Cluster__Name")}@{host}:{container.PortOf("remoting")}";
        }).ToList();
        foreach (var program in Containers(manifests))
        {
            manifests.VariablesOf(program).Where(variable => variable.Key.StartsWith("AdvFit__Cluster__SeedNodes__", StringComparison.Ordinal))
                .OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => variable.Value).ShouldBe(members);
            Value(manifests, program, "AdvFit__Cluster__Name").ShouldBe(Value(manifests, container, "AdvFit__Cluster__Name"));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Every_program_is_known_under_the_name_of_its_pod_even_before_it_is_ready(string folder)
    {
        var manifests = Manifests.Of(folder);
        foreach (var program in manifests.Programs)
        {
            var container = program.Spec.Template.Spec.Containers.Single();
            container.Env.Single(variable => variable.Name == "POD_NAME").ValueFrom!.FieldRef!.FieldPath.ShouldBe("metadata.name");
            Value(manifests, container, "AdvFit__Cluster__PublicHostname").ShouldBe($"$(POD_NAME).{program.Spec.ServiceName}");
            Value(manifests, container, "AdvFit__Cluster__Hostname").ShouldBe("0.0.0.0");
            var service = manifests.Single<Service>(program.Spec.ServiceName).Spec;
            service.ClusterIP.ShouldBe("None");
            service.PublishNotReadyAddresses.ShouldBeTrue();
            service.Selector.ShouldBe(program.Spec.Selector.MatchLabels, ignoreOrder: true);
            service.Ports.Select(port => port.Port).ShouldBe([container.PortOf("remoting")]);
            program.Spec.PodManagementPolicy.ShouldBe("Parallel");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Every_pod_has_the_artifacts_of_all(string folder)
    {
        var manifests = Manifests.Of(folder);
        var claims = manifests.Programs.Select(program =>
        {
            var (pod, container) = (program.Spec.Template.Spec, program.Spec.Template.Spec.Containers.Single());
            string[] folders = [Value(manifests, container, "AdvFit__Artifacts")!, Value(manifests, container, "AdvFit__Data")!];
            var mount = container.VolumeMounts.Single(mount => folders.All(path => path.StartsWith(mount.MountPath + "/", StringComparison.Ordinal)));
            mount.ReadOnly.ShouldBeFalse();
            return pod.Volumes.Single(volume => volume.Name == mount.Name).PersistentVolumeClaim!.ClaimName;
        }).Distinct().ShouldHaveSingleItem();
        manifests.Single<PersistentVolumeClaim>(claims).Spec.AccessModes
            .ShouldBe([folder == "overlays/kind" ? "ReadWriteOnce" : "ReadWriteMany"]);
    }

    [Theory, MemberData(nameof(All))]
    public void Health_is_asked_for_where_it_is_told(string folder)
    {
        foreach (var container in Containers(Manifests.Of(folder)))
        {
            var port = container.Name == "coordinator" ? "http" : "health";
            container.StartupProbe!.HttpGet.ShouldBe(new() { Path = "/healthz/started", Port = port });
            container.LivenessProbe!.HttpGet.ShouldBe(new() { Path = "/healthz/live", Port = port });
            container.ReadinessProbe!.HttpGet.ShouldBe(new() { Path = "/healthz/ready", Port = port });
        }
    }

    [Fact]
    public void A_node_has_a_slot_for_each_core_that_it_asks_for_or_for_its_gpu()
    {
        Of("base", "Slots").ValueFrom!.ResourceFieldRef!.Resource.ShouldBe("requests.cpu");
        Of("base", "Threads").Value.ShouldBe("1");
        Of("overlays/kind", "Slots").Value.ShouldBe("1");
        Of("overlays/gpu", "Slots").Value.ShouldBe("1");
        Of("overlays/gpu", "Threads").ValueFrom!.ResourceFieldRef!.Resource.ShouldBe("requests.cpu");
        Limits("overlays/gpu")["nvidia.com/gpu"].ShouldBe("1");
        Limits("base").Keys.Concat(Limits("overlays/kind").Keys).ShouldNotContain("nvidia.com/gpu");

        static Container Node(string folder) => Manifests.Of(folder).Node.Spec.Template.Spec.Containers.Single();
        static Variable Of(string folder, string setting) => Node(folder).Env.Single(variable => variable.Name == $"AdvFit__Node__{setting}");
        static Dictionary<string, string> Limits(string folder) => Node(folder).Resources.Limits;
    }

    [Fact]
    public void With_tls_every_program_has_the_certificate_and_goes_nowhere_without()
    {
        var manifests = Manifests.Of(Manifests.Tls);
        foreach (var program in manifests.Programs)
        {
            var (pod, container) = (program.Spec.Template.Spec, program.Spec.Template.Spec.Containers.Single());
            var variables = manifests.VariablesOf(container);
            var mount = container.VolumeMounts.Single(mount => mount.Name == "remoting-tls");
            var secret = pod.Volumes.Single(volume => volume.Name == mount.Name).Secret!;
            new[] { "AdvFit__Cluster__Tls__Certificate", "SSL_CERT_FILE" }.Select(name => variables[name])
                .ShouldBe(secret.Items.Select(item => $"{mount.MountPath}/{item.Path}"));
            variables["AdvFit__Cluster__Tls__Required"].ShouldBe("true");
            container.Env.Single(variable => variable.Name == "AdvFit__Cluster__Tls__Password").ValueFrom!.SecretKeyRef!.Name
                .ShouldBe(secret.SecretName);
        }
    }

    private static IEnumerable<Container> Containers(Manifests manifests) =>
        manifests.Programs.Select(program => program.Spec.Template.Spec.Containers.Single());

    /// <summary>A setting of the program in a container, as variables or the program's own file have it.</summary>
    private static string? Value(Manifests manifests, Container container, string setting) =>
        manifests.VariablesOf(container).TryGetValue(setting, out var value) ? value : Settings.Of(container).Default(setting);

    private static int Number(Manifests manifests, StatefulSet program, string setting) =>
        int.Parse(Value(manifests, program.Spec.Template.Spec.Containers.Single(), setting)!, System.Globalization.CultureInfo.InvariantCulture);
}
