using System.Globalization;
using System.Xml.Linq;
using System.Xml.XPath;
using AdvFit.Deploy.Tests.Schema;

namespace AdvFit.Deploy.Tests;

[Trait("Category", "Kubectl")]
public sealed class Images_are_those_that_are_deployed
{
    private static readonly XDocument Properties = XDocument.Parse(Repository.Read("deploy/docker/Container.props"));

    public static TheoryData<string> All => Manifests.All;

    [Theory, MemberData(nameof(All))]
    public void Names_and_tags_are_those_of_the_build(string folder)
    {
        var version = XDocument.Parse(Repository.Read("Directory.Build.props")).XPathSelectElement("//Version")!.Value;
        Properties.XPathSelectElement("//ContainerImageTag")!.Value.ShouldBe("$(Version)");
        var registry = folder == "overlays/gpu" ? "registry.example.org/advfit/" : "";
        ImageOf(Manifests.Of(folder).Coordinator).ShouldBe($"{registry}{Of("Coordinator", "ContainerRepository")}:{version}");
        ImageOf(Manifests.Of(folder).Node).ShouldBe($"{registry}{Of("GpuNode", "ContainerRepository")}:{version}");
    }

    [Theory, MemberData(nameof(All))]
    public void Ports_and_user_are_those_of_the_build(string folder)
    {
        foreach (var (project, program) in new[] { ("Coordinator", Manifests.Of(folder).Coordinator), ("GpuNode", Manifests.Of(folder).Node) })
        {
            var ports = Properties.XPathSelectElement($"//ItemGroup[contains(@Condition, \"'{project}'\")]/ContainerPort")!.Attribute("Include")!.Value;
            ports.Split(';').Select(port => int.Parse(port, CultureInfo.InvariantCulture))
                .ShouldBe(program.Spec.Template.Spec.Containers.Single().Ports.Select(port => port.Port));
            program.Spec.Template.Spec.SecurityContext.RunAsUser!.Value.ToString(CultureInfo.InvariantCulture)
                .ShouldBe(Properties.XPathSelectElement("//ContainerUser")!.Value);
        }
    }

    private static string ImageOf(StatefulSet program) => program.Spec.Template.Spec.Containers.Single().Image;

    private static string Of(string project, string property) =>
        Properties.XPathSelectElement($"//PropertyGroup[contains(@Condition, \"'{project}'\")]/{property}")!.Value;
}
