using System.Buffers.Binary;
using System.Security.Cryptography;
using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Fetching;
using AdvFit.Learning.Data.Known;

namespace AdvFit.Learning.Tests.Data;

public sealed class DatasetLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_embedded_data_set_loads_as_published()
    {
        var data = DatasetLoader.Load(Folders, "fashion-mnist-mini");

        data.Provenance.Name.ShouldBe("fashion-mnist-mini");
        data.Provenance.Notes.ShouldBeEmpty();
        (data.Provenance.Train, data.Provenance.Test).ShouldBe((10_000, 2_000));
        data.Shape.ShouldBe(new ImageShape(1, 28, 28));
        data.Classes[9].ShouldBe("Ankle boot");
        data.Train.Labels.CountBy(label => label).ShouldAllBe(pair => pair.Value == 1000);
        data.Test.Labels.CountBy(label => label).ShouldAllBe(pair => pair.Value == 200);
        data.Provenance.Sha256.ShouldBe("0b6f7e01668a001952c203c86491e32b49f7ad9999ba3812699a0a7451e6ae38");
    }

    [Fact]
    public void The_hash_is_of_shape_counts_pixels_and_labels_train_then_test()
    {
        var train = new ImageSet(new ImageShape(1, 1, 2), [10, 11, 12, 13], [1, 0]);
        var test = new ImageSet(new ImageShape(1, 1, 2), [20, 21], [1]);
        byte[] hashed =
        [
            1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 10, 11, 12, 13, 1, 0, 20, 21, 1,
        ];

        Dataset.Hash(train, test).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(hashed)));
    }

    [Fact]
    public void A_known_data_set_with_another_file_loads_with_a_note_that_names_the_file_and_no_folder()
    {
        WriteBlank("fashion-mnist/train", 60_000);
        WriteBlank("fashion-mnist/t10k", 10_000);

        var data = DatasetLoader.Load(Folders, "fashion-mnist");

        data.Provenance.Notes.Length.ShouldBe(1);
        data.Provenance.Notes[0].ShouldMatch(
            @"^fashion-mnist: 4 of 4 files are not the published ones: train-images-idx3-ubyte has .*, train-labels-idx1-ubyte has SHA-256 [0-9a-f]{8}\.\. instead of bad3541b\.\.,");
        data.Provenance.Notes.ShouldAllBe(note => !note.Contains(_folder.Path));
    }

    [Fact]
    public void A_known_data_set_of_another_size_is_refused()
    {
        WriteIdx("mnist/", 3, 2);

        Failure("mnist").ShouldContain("mnist holds 3 train images of 1x2x3, but mnist has 60000 of 1x28x28; replace");
    }

    [Fact]
    public void A_missing_data_set_says_how_to_get_it_with_and_without_a_network()
    {
        var message = Failure("mnist");

        message.ShouldStartWith($"mnist is not in {Path.Combine(_folder.Path, "mnist")}; run `advfit data fetch mnist`, or put these files into ");
        message.ShouldContain(
            "train-images-idx3-ubyte.gz  9,912,422 bytes  SHA-256 440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609");
    }

    [Fact]
    public void A_data_set_that_lacks_a_file_says_which()
    {
        WriteIdx("mnist/", 3, 2);
        File.Delete(Path.Combine(_folder.Path, "mnist", "t10k-labels-idx1-ubyte"));

        Failure("mnist").ShouldContain("lacks t10k-labels-idx1-ubyte of mnist; run `advfit data fetch mnist`");
    }

    [Fact]
    public void A_folder_of_ones_own_is_called_after_it_and_its_classes_by_number()
    {
        WriteIdx("my-digits/", 3, 2);

        var data = DatasetLoader.Load(Folders, Path.Combine(_folder.Path, "my-digits") + "/");

        data.Provenance.Name.ShouldBe("my-digits");
        data.Provenance.Notes.ShouldBeEmpty();
        data.Classes.ShouldBe(["0", "1", "2"]);
        (data.Train.Count, data.Test.Count).ShouldBe((3, 2));
    }

    [Fact]
    public void A_folder_of_CIFAR_files_of_ones_own_has_its_own_class_names()
    {
        _folder.Write("mine/cifar-10-binary.tar.gz", Samples.CifarArchive());

        var data = DatasetLoader.Load(Folders, Path.Combine(_folder.Path, "mine"));

        data.Classes.ShouldContain("frog");
        (data.Train.Count, data.Test.Count).ShouldBe((10, 3));
    }

    [Fact]
    public void A_test_split_of_another_size_is_taken_from_the_pool_whose_order_and_hash_stay()
    {
        WriteIdx("mine/", 3, 2);
        var path = Path.Combine(_folder.Path, "mine");
        var published = DatasetLoader.Load(Folders, path);

        var data = DatasetLoader.Load(Folders, path, new DatasetRequest { TestSize = 1 });

        data.Provenance.ShouldBe(published.Provenance with { Train = 4, Test = 1 });
        (data.Train.Count, data.Test.Count).ShouldBe((4, 1));
        var (pool, before) = (new PooledImages(data), new PooledImages(published));
        for (var i = 0; i < 5; i++)
        {
            pool.Label(i).ShouldBe(before.Label(i));
            pool.Image(i).ToArray().ShouldBe(before.Image(i).ToArray());
        }

        Should.Throw<DatasetException>(() => DatasetLoader.Load(Folders, path, new DatasetRequest { TestSize = 5 })).Message.ShouldBe(
            "`test_size` asks for 5 test images, but mine has 5 images in all; ask for fewer.");
    }

    [Fact]
    public void Splits_of_different_shape_are_refused()
    {
        WriteIdx("mine/", 3, 2);
        var images = Samples.IdxImages(2);
        (images[11], images[15]) = (3, 2);
        _folder.Write("mine/t10k-images-idx3-ubyte", images);

        Failure(Path.Combine(_folder.Path, "mine")).ShouldContain(
            "t10k-images-idx3-ubyte, byte 8: test images of 1x3x2, but train images of 1x2x3");
    }

    [Theory]
    [InlineData("minst", "No data set or folder is called 'minst'; known data sets are fashion-mnist-mini, drawn-shapes, mnist, fashion-mnist, cifar10, imagenette.")]
    [InlineData("no/such/folder", "There is no folder no/such/folder; name one with photograph, IDX or CIFAR-10 files.")]
    public void An_unknown_name_is_refused(string name, string message) => Failure(name).ShouldBe(message);

    [Fact]
    public void Where_folders_are_bounded_neither_links_nor_dots_lead_out_of_them()
    {
        WriteIdx("ours/digits/", 3, 2);
        WriteIdx("theirs/", 3, 2);
        WriteIdx("ours-too/", 3, 2);
        Link("ours/out", "../theirs");
        Link("ours/within", "digits");
        Link("in", "ours");
        Link("ours/a", "b/x");
        Link("ours/b", "a/x");
        var bounded = Folders with { Within = [At("in")] };

        foreach (var inside in new[] { "ours/digits", "ours/digits/", "in/digits", "ours/within", "theirs/../ours/digits" })
        {
            DatasetLoader.Load(bounded, At(inside)).Train.Count.ShouldBe(3);
        }

        foreach (var outside in new[] { "theirs", "ours/out", "ours/../theirs", "in/out", "ours-too", "no-such", "ours/a" })
        {
            Should.Throw<DatasetException>(() => DatasetLoader.Load(bounded, At(outside))).Message.ShouldBe(
                $"'{At(outside)}' is no known data set, and none that a spec may name here; those are "
                + $"{string.Join(", ", DatasetCatalog.All.Select(known => known.Name))}, and folders in {At("in")}.");
        }

        Should.Throw<DatasetException>(() => DatasetLoader.Load(bounded, "minst")).Message.ShouldStartWith("No data set or folder is called 'minst'");
        Should.Throw<DatasetException>(() => DatasetLoader.Load(bounded, At("ours/none"))).Message.ShouldStartWith("There is no folder");
        DatasetLoader.Load(bounded, "fashion-mnist-mini").Train.Count.ShouldBe(10_000);
        DatasetLoader.Load(Folders with { Within = ["/"] }, At("theirs")).Train.Count.ShouldBe(3);

        string At(string path) => Path.Combine(_folder.Path, path);

        void Link(string path, string target) => Directory.CreateSymbolicLink(At(path), target);
    }

    [Fact]
    public void A_folder_without_data_is_told_what_to_hold() =>
        Failure(_folder.Path).ShouldContain("holds no data set; it needs folders train/CLASS and val/CLASS (or test/CLASS) of JPEG and PNG files; or the IDX files train-images-idx3-ubyte, ");

    [Fact]
    public void The_folder_asked_for_comes_before_the_environment_and_that_before_the_cache()
    {
        Root(requested: "/a", data: "/b", cache: "/c").ShouldBe("/a");
        Root(requested: "", data: "/b", cache: "/c").ShouldBe("/b");
        Root(requested: null, data: null, cache: "/c").ShouldBe("/c/advfit/datasets");
        Root(requested: null, data: "", cache: "").ShouldBe(Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "advfit", "datasets"));

        static string Root(string? requested, string? data, string? cache) => DatasetFolders.Locate(
            requested, name => name == "ADVFIT_DATA" ? data : name == "XDG_CACHE_HOME" ? cache : null).Root;
    }

    [Fact]
    public void Verifying_tells_published_different_missing_and_unreadable_files_apart()
    {
        var mini = DatasetCatalog.Get("fashion-mnist-mini");
        DatasetVerifier.Verify(mini, Folders.FolderOf(mini)).ShouldAllBe(file => file.State == FileState.Published);

        WriteIdx("mnist/", 3, 2);
        File.Delete(Path.Combine(_folder.Path, "mnist", "train-labels-idx1-ubyte"));
        _folder.Write("mnist/t10k-images-idx3-ubyte", Samples.Gzip(Samples.IdxImages(9))[..30]);

        DatasetVerifier.Verify(DatasetCatalog.Get("mnist"), Path.Combine(_folder.Path, "mnist"))
            .Select(file => file.State)
            .ShouldBe([FileState.Different, FileState.Missing, FileState.Unreadable, FileState.Different]);
    }

    private DatasetFolders Folders => new(_folder.Path);

    private string Failure(string nameOrPath) =>
        Should.Throw<DatasetException>(() => DatasetLoader.Load(Folders, nameOrPath)).Message;

    /// <summary>A split of black images of 28 x 28 pixels, all of class 0.</summary>
    private void WriteBlank(string prefix, int count)
    {
        var images = new byte[16 + (count * 28 * 28)];
        Samples.IdxImages(1).AsSpan(0, 4).CopyTo(images);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4), count);
        (images[11], images[15]) = (28, 28);
        _folder.Write(prefix + "-images-idx3-ubyte", images);
        _folder.Write(prefix + "-labels-idx1-ubyte", Samples.IdxLabels(new byte[count]));
    }

    private void WriteIdx(string below, int train, int test)
    {
        _folder.Write(below + "train-images-idx3-ubyte", Samples.IdxImages(train));
        _folder.Write(below + "train-labels-idx1-ubyte", Samples.IdxLabels([.. Enumerable.Range(0, train).Select(i => (byte)i)]));
        _folder.Write(below + "t10k-images-idx3-ubyte", Samples.IdxImages(test));
        _folder.Write(below + "t10k-labels-idx1-ubyte", Samples.IdxLabels(new byte[test]));
    }
}
