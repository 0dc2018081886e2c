using System.Text;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Sweeps.Tests.Cluster;

/// <summary>
/// The bytes of all that the cluster's journal holds. A failure here means that journals already written can no longer be
/// read: add a version beside the old one instead of changing the files.
/// </summary>
public class GoldenTests
{
    private const string Folder = "tests/Sweeps.Tests/Cluster/golden";

    public static TheoryData<string> Manifests => [.. WireSamples.Persisted.Select(WireFormat.ManifestOf)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void What_is_persisted_is_written_as_ever(string manifest)
    {
        var sample = WireSamples.Persisted.Single(sample => WireFormat.ManifestOf(sample) == manifest);

        Encoding.UTF8.GetString(WireFormat.Write(sample)).ShouldBe(Golden(manifest));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void What_was_persisted_is_read(string manifest)
    {
        var read = WireFormat.Read(manifest, Encoding.UTF8.GetBytes(Golden(manifest)));

        WireFormat.ManifestOf(read).ShouldBe(manifest);
        Encoding.UTF8.GetString(WireFormat.Write(read)).ShouldBe(Golden(manifest));
    }

    [Fact]
    public void Every_manifest_that_is_persisted_has_a_file() => Repository.FilesOf(Folder).ShouldBe(
        WireSamples.Persisted.Select(sample => FileOf(WireFormat.ManifestOf(sample))), ignoreOrder: true);

    private static string Golden(string manifest) => Repository.Read($"{Folder}/{FileOf(manifest)}").TrimEnd('\n');

    private static string FileOf(string manifest) => manifest.Replace(':', '.') + ".json";
}
