using AdvFit.Deploy.Tests.Schema;

namespace AdvFit.Deploy.Tests;

[Trait("Category", "Kubectl")]
public sealed class Traffic_is_allowed_where_it_is_needed
{
    private const string Anybody = "anybody";

    private static readonly string[] Between =
    [
        "advfit-coordinator -> advfit-coordinator 4053", "advfit-coordinator -> advfit-node 4054",
        "advfit-node -> advfit-coordinator 4053", "advfit-node -> advfit-node 4054",
    ];

    private static readonly string[] Dns = ["kube-system/kube-dns 53/TCP", "kube-system/kube-dns 53/UDP"];

    public static TheoryData<string> All => Manifests.All;

    [Theory, MemberData(nameof(All))]
    public void What_no_policy_allows_is_denied(string folder)
    {
        var policies = Manifests.Of(folder).Objects.OfType<NetworkPolicy>().ToLookup(policy => policy.Metadata.Name == "advfit-deny");
        var deny = policies[true].Single().Spec;
        deny.PodSelector.ShouldBeEquivalentTo(new Selector());
        deny.PolicyTypes.ShouldBe(["Ingress", "Egress"]);
        deny.Ingress.ShouldBeEmpty();
        deny.Egress.ShouldBeEmpty();
        foreach (var policy in policies[false])
        {
            policy.Spec.PolicyTypes.ShouldBe([policy.Spec.Ingress.Count > 0 ? "Ingress" : "Egress"], policy.Metadata.Name);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Pods_accept_what_is_for_them(string folder)
    {
        string[] clients = ["pods advfit-http=allowed -> advfit-coordinator 8080", "namespaces advfit-http=allowed -> advfit-coordinator 8080"];
        Accepted(Manifests.Of(folder)).ShouldBe([.. Between, .. clients, .. Trial(folder)], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(All))]
    public void Pods_reach_what_they_need(string folder)
    {
        var manifests = Manifests.Of(folder);
        var dns = manifests.StatefulSets.SelectMany(set => Dns.Select(server => $"{set.Metadata.Name} -> {server}"));
        string[] journal = Trial(folder) is [_, ..] trial ? trial : [$"advfit-coordinator -> {Anybody} 5432"];
        Reached(manifests).ShouldBe([.. Between, .. dns, .. journal], ignoreOrder: true);
    }

    /// <summary>The way to the PostgreSQL of a try-out, where there is one.</summary>
    private static string[] Trial(string folder) => folder == "overlays/kind" ? ["advfit-coordinator -> advfit-postgresql 5432"] : [];

    private static IEnumerable<string> Accepted(Manifests manifests) =>
        from policy in manifests.Objects.OfType<NetworkPolicy>()
        from target in Selected(manifests, policy.Spec.PodSelector)
        from rule in policy.Spec.Ingress
        from peer in rule.From
        from source in NamesOf(manifests, peer)
        from port in rule.Ports
        select $"{source} -> {target.Metadata.Name} {target.Spec.Template.Spec.Containers.Single().PortOf(port.Port)}{Protocol(port)}";

    private static IEnumerable<string> Reached(Manifests manifests) =>
        from policy in manifests.Objects.OfType<NetworkPolicy>()
        from source in Selected(manifests, policy.Spec.PodSelector)
        from rule in policy.Spec.Egress
        from target in rule.To.Count == 0 ? [Anybody] : rule.To.SelectMany(peer => NamesOf(manifests, peer))
        from port in rule.Ports
        select $"{source.Metadata.Name} -> {target} {port.Port}{(target.Contains("dns", StringComparison.Ordinal) ? "/" + port.Protocol : Protocol(port))}";

    private static IEnumerable<string> NamesOf(Manifests manifests, Peer peer) => (peer.PodSelector, peer.NamespaceSelector) switch
    {
        ({ } pods, { } namespaces) => [$"{namespaces.MatchLabels["kubernetes.io/metadata.name"]}/{pods.MatchLabels["k8s-app"]}"],
        (null, { } namespaces) => [$"namespaces {namespaces.MatchLabels.Single().Key}={namespaces.MatchLabels.Single().Value}"],
        ({ } pods, null) when Selected(manifests, pods).ToList() is [_, ..] sets => sets.Select(set => set.Metadata.Name),
        ({ } pods, null) => [$"pods {pods.MatchLabels.Single().Key}={pods.MatchLabels.Single().Value}"],
        _ => throw new NotSupportedException("A peer of a network policy names nobody."),
    };

    private static IEnumerable<StatefulSet> Selected(Manifests manifests, Selector selector) =>
        manifests.StatefulSets.Where(set => selector.Matches(set.Spec.Template.Metadata.Labels));

    private static string Protocol(PolicyPort port) => port.Protocol == "TCP" ? "" : "/" + port.Protocol;
}
