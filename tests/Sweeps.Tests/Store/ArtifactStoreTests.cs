using System.Text;
using AdvFit.Messages;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Tests.Store;

public sealed class ArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;

    public ArtifactStoreTests() => _store = new ArtifactStore(_folder.File("sweeps/quick-1"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_named_by_its_hash_and_read_back()
    {
        var artifact = _store.Write("shuffle-01/epoch-05", ".txt", "abc"u8.ToArray());

        artifact.ShouldBe(new Artifact(
            "shuffle-01/epoch-05-ba7816bf8f01.txt", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3));
        File.ReadAllText(_store.PathOf(artifact)).ShouldBe("abc");
        _store.TryRead(artifact, out var contents).ShouldBeTrue();
        Encoding.UTF8.GetString(contents).ShouldBe("abc");
    }

    [Fact]
    public void Writing_again_is_harmless_and_mends_a_damaged_file()
    {
        var artifact = _store.Write("a", ".bin", new byte[] { 1, 2, 3 });
        File.WriteAllBytes(_store.PathOf(artifact), [1, 2]);

        _store.Write("a", ".bin", new byte[] { 1, 2, 3 }).ShouldBe(artifact);

        _store.TryRead(artifact, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 1, 2, 4 })]
    [InlineData(new byte[] { })]
    public void A_damaged_file_is_not_read(byte[] damaged)
    {
        var artifact = _store.Write("a", ".bin", new byte[] { 1, 2, 3 });
        File.WriteAllBytes(_store.PathOf(artifact), damaged);

        _store.TryRead(artifact, out var contents).ShouldBeFalse();
        contents.ShouldBeEmpty();
    }

    [Fact]
    public void A_deleted_file_is_gone_and_deleting_it_again_is_no_error()
    {
        var artifact = _store.Write("a", ".bin", new byte[] { 1 });
        _store.Delete(artifact);
        _store.Delete(artifact);

        _store.TryRead(artifact, out _).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_half_written_stays_behind()
    {
        _store.Write("x/a", ".bin", new byte[] { 1 });

        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/a")]
    public void A_name_that_leads_outside_is_refused(string name) =>
        Should.Throw<ArgumentException>(() => _store.Write(name, ".bin", new byte[] { 1 }));

    [Fact]
    public void What_cannot_be_written_is_one_sentence_that_names_it()
    {
        Directory.CreateDirectory(_folder.File("sweeps/quick-1"));
        File.WriteAllText(_folder.File("sweeps/quick-1/x"), "a file where a folder is needed");

        Should.Throw<StoreException>(() => _store.Write("x/a", ".bin", new byte[] { 1 }))
            .Message.ShouldContain(_folder.File("sweeps/quick-1/x/a-4bf5122f3445.bin"));
    }

    [Fact]
    public void Slots_write_side_by_side()
    {
        var artifacts = new Artifact[64];
        Parallel.For(0, artifacts.Length, i => artifacts[i] = _store.Write($"shuffle-{i % 4}/a", ".bin", new[] { (byte)i }));

        artifacts.Count(artifact => _store.TryRead(artifact, out _)).ShouldBe(artifacts.Length);
    }
}
