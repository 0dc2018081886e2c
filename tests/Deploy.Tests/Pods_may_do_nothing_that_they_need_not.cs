using System.Globalization;
using AdvFit.Deploy.Tests.Schema;

namespace AdvFit.Deploy.Tests;

[Trait("Category", "Kubectl")]
public sealed class Pods_may_do_nothing_that_they_need_not
{
    /// <summary>Words in the names of variables whose values nobody else may read.</summary>
    private static readonly string[] Secretive = ["Password", "Token", "ConnectionString"];

    public static TheoryData<string> All => Manifests.All;

    [Theory, MemberData(nameof(All))]
    public void Every_container_is_confined(string folder)
    {
        foreach (var set in Manifests.Of(folder).StatefulSets)
        {
            var pod = set.Spec.Template.Spec;
            pod.AutomountServiceAccountToken.ShouldBe(false);
            pod.EnableServiceLinks.ShouldBe(false);
            pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
            pod.SecurityContext.RunAsUser.ShouldNotBeNull().ShouldBeGreaterThan(0);
            pod.SecurityContext.FsGroup.ShouldBe(pod.SecurityContext.RunAsGroup);
            pod.SecurityContext.SeccompProfile.ShouldBe(new() { Type = "RuntimeDefault" });
            foreach (var container in pod.Containers)
            {
                container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
                container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
                container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
                var temporary = container.VolumeMounts.Single(mount => mount.MountPath == "/tmp");
                pod.Volumes.Single(volume => volume.Name == temporary.Name).EmptyDir.ShouldNotBeNull();
            }
        }

        var labels = Manifests.Of(folder).Objects.OfType<Namespace>().Single().Metadata.Labels;
        labels["pod-security.kubernetes.io/enforce"].ShouldBe("restricted");
    }

    [Theory, MemberData(nameof(All))]
    public void Every_container_says_what_it_needs(string folder)
    {
        foreach (var container in Manifests.Of(folder).StatefulSets.Select(set => set.Spec.Template.Spec.Containers.Single()))
        {
            container.Resources.Requests.Keys.ShouldBe(["cpu", "memory"], ignoreOrder: true);
            container.Resources.Limits.Keys.ShouldContain("memory");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Secrets_come_by_reference(string folder)
    {
        var manifests = Manifests.Of(folder);
        manifests.Objects.OfType<ConfigMap>().SelectMany(map => map.Data.Keys).ShouldAllBe(name => !IsSecret(name));
        foreach (var variable in manifests.StatefulSets.SelectMany(set => set.Spec.Template.Spec.Containers).SelectMany(container => container.Env))
        {
            (variable.ValueFrom?.SecretKeyRef is not null).ShouldBe(IsSecret(variable.Name), variable.Name);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Only_coordinators_know_the_journal_and_the_token(string folder)
    {
        Secrets(Manifests.Of(folder).Coordinator).Where(name => name != "advfit-remoting-tls").ShouldBe(["advfit-journal", "advfit-http"]);
        Secrets(Manifests.Of(folder).Node).Where(name => name != "advfit-remoting-tls").ShouldBeEmpty();

        static IEnumerable<string> Secrets(StatefulSet program) => program.Spec.Template.Spec.Containers.Single().Env
            .Select(variable => variable.ValueFrom?.SecretKeyRef?.Name).OfType<string>();
    }

    [Theory, MemberData(nameof(All))]
    public void A_pod_that_stops_has_time_for_it(string folder)
    {
        const int shutdownOfCoordinator = 30;
        const int margin = 20;
        var manifests = Manifests.Of(folder);
        var coordinator = manifests.Coordinator.Spec.Template.Spec;
        var preStop = coordinator.Containers.Single().Lifecycle!.PreStop!.Exec!.Command;
        preStop[0].ShouldBe("sleep");
        coordinator.TerminationGracePeriodSeconds
            .ShouldBeGreaterThanOrEqualTo(Number(preStop[1]) + shutdownOfCoordinator + margin);
        var node = manifests.Node.Spec.Template.Spec;
        node.TerminationGracePeriodSeconds
            .ShouldBeGreaterThanOrEqualTo(Number(Settings.Of(node.Containers.Single()).Default("AdvFit__Node__ShutdownSeconds")!) + margin);

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    private static bool IsSecret(string name) => Secretive.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
