using AdvFit.Deploy.Tests.Schema;

namespace AdvFit.Deploy.Tests;

[Trait("Category", "Kubectl")]
public sealed class Manifests_are_well_formed
{
    public static TheoryData<string> All => Manifests.All;

    [Theory, MemberData(nameof(All))]
    public void Every_object_is_known_and_in_the_namespace(string folder)
    {
        var objects = Manifests.Of(folder).Objects;
        objects.Select(item => (item.Kind, item.Metadata.Name)).ShouldBeUnique();
        objects.Where(item => item is not Namespace).ShouldAllBe(item => item.Metadata.Namespace == "advfit");
        objects.OfType<Namespace>().Select(item => item.Metadata.Name).ShouldBe(["advfit"]);
    }

    [Theory, MemberData(nameof(All))]
    public void Everything_has_the_labels_that_Kubernetes_recommends(string folder)
    {
        var manifests = Manifests.Of(folder);
        string[] ofAll = ["app.kubernetes.io/part-of", "app.kubernetes.io/managed-by"];
        foreach (var item in manifests.Objects)
        {
            ofAll.ShouldBeSubsetOf(item.Metadata.Labels.Keys, item.Metadata.Name);
        }

        foreach (var set in manifests.StatefulSets)
        {
            string[] ofPods = ["app.kubernetes.io/name", "app.kubernetes.io/component", "app.kubernetes.io/part-of"];
            ofPods.ShouldBeSubsetOf(set.Spec.Template.Metadata.Labels.Keys, set.Metadata.Name);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Every_selector_finds_the_pods_that_it_is_for(string folder)
    {
        var manifests = Manifests.Of(folder);
        foreach (var set in manifests.StatefulSets)
        {
            var pod = set.Spec.Template;
            var own = pod.Spec.Affinity.PodAntiAffinity.PreferredDuringSchedulingIgnoredDuringExecution
                .Select(term => term.PodAffinityTerm.LabelSelector)
                .Concat(pod.Spec.TopologySpreadConstraints.Select(spread => spread.LabelSelector))
                .Append(set.Spec.Selector);
            own.ShouldAllBe(selector => Selected(manifests, selector).SequenceEqual(new[] { set }));
        }

        foreach (var service in manifests.Objects.OfType<Service>())
        {
            Selected(manifests, new() { MatchLabels = service.Spec.Selector }).Count().ShouldBe(1, service.Metadata.Name);
        }

        foreach (var program in manifests.Programs)
        {
            manifests.Objects.OfType<PodDisruptionBudget>()
                .Where(budget => Selected(manifests, budget.Spec.Selector).SequenceEqual([program]))
                .Select(budget => budget.Spec.MaxUnavailable).ShouldBe([1], program.Metadata.Name);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Every_service_leads_to_the_port_of_that_name_and_number(string folder)
    {
        var manifests = Manifests.Of(folder);
        foreach (var service in manifests.Objects.OfType<Service>())
        {
            var container = Selected(manifests, new() { MatchLabels = service.Spec.Selector }).Single().Spec.Template.Spec.Containers.Single();
            service.Spec.Ports.ShouldNotBeEmpty();
            foreach (var port in service.Spec.Ports)
            {
                port.TargetPort.ShouldBe(port.Name);
                container.PortOf(port.TargetPort).ShouldBe(port.Port);
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Every_mount_has_its_volume_and_every_claim_is_there(string folder)
    {
        var manifests = Manifests.Of(folder);
        foreach (var set in manifests.StatefulSets)
        {
            var volumes = set.Spec.Template.Spec.Volumes;
            var claimed = set.Spec.VolumeClaimTemplates.Select(claim => claim.Metadata.Name);
            set.Spec.Template.Spec.Containers.Single().VolumeMounts.Select(mount => mount.Name)
                .ShouldBe(volumes.Select(volume => volume.Name).Concat(claimed), ignoreOrder: true);
            foreach (var claim in volumes.Select(volume => volume.PersistentVolumeClaim).OfType<ClaimReference>())
            {
                manifests.Single<PersistentVolumeClaim>(claim.ClaimName).Spec.AccessModes.ShouldHaveSingleItem();
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_variable_that_another_is_made_of_comes_before_it(string folder)
    {
        foreach (var container in Manifests.Of(folder).StatefulSets.Select(set => set.Spec.Template.Spec.Containers.Single()))
        {
            var before = new List<string>();
            foreach (var variable in container.Env)
            {
                foreach (var part in (variable.Value ?? "").Split("$(").Skip(1))
                {
                    before.ShouldContain(part.Split(')')[0]);
                }

                (variable.Value is null).ShouldNotBe(variable.ValueFrom is null, variable.Name);
                before.Add(variable.Name);
            }
        }
    }

    private static IEnumerable<StatefulSet> Selected(Manifests manifests, Selector selector) =>
        manifests.StatefulSets.Where(set => selector.Matches(set.Spec.Template.Metadata.Labels));
}
