using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Fetching;
using AdvFit.Learning.Data.Known;
using AdvFit.Messages;

namespace AdvFit.Learning.Tests.Data.Photographs;

public sealed class Folders_of_photographs : IDisposable
{
    private static readonly DatasetRequest s_small = new() { Preprocess = new PreprocessSpec(75) };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_pictures_that_come_along_load_as_published()
    {
        var data = DatasetLoader.Load(Folders, "drawn-shapes", s_small);

        data.Provenance.Notes.ShouldBeEmpty();
        (data.Provenance.Train, data.Provenance.Test).ShouldBe((320, 80));
        data.Shape.ShouldBe(new ImageShape(3, 75, 75));
        data.Classes.ShouldBe(["circle", "cross", "square", "triangle"]);
        data.Train.Labels.CountBy(label => label).ShouldAllBe(pair => pair.Value == 80);
        data.Provenance.Sha256.ShouldBe("0d2a27bda162d99299a0db8083b58c3720b29af1f50dc0c2c3d3403594656731");
        DatasetVerifier.Verify(DatasetCatalog.Get("drawn-shapes"), Folders.FolderOf(DatasetCatalog.Get("drawn-shapes")))
            .ShouldAllBe(file => file.State == FileState.Published);
    }

    [Fact]
    public void Classes_and_files_are_in_ordinal_order_and_hidden_files_do_not_count()
    {
        Write("train/b/2.jpg", "colour.jpg");
        Write("train/b/10.jpg", "grey.jpg");
        Write("train/B/x.png", "small.png");
        Write("test/b/1", "cmyk.jpg");
        _folder.Write("mine/train/b/.DS_Store", [1]);
        _folder.Write("mine/train/README", [1]);

        var data = Load();

        data.Provenance.Name.ShouldBe("mine");
        data.Classes.ShouldBe(["B", "b"]);
        data.Train.Labels.ShouldBe([0, 1, 1]);
        // The grey one: its channels are equal.
        data.Train.Image(1)[..(75 * 75)].SequenceEqual(data.Train.Image(1)[(75 * 75)..(2 * 75 * 75)]).ShouldBeTrue();
        data.Train.Image(2)[..(75 * 75)].SequenceEqual(data.Train.Image(2)[(75 * 75)..(2 * 75 * 75)]).ShouldBeFalse();
        data.Test.Labels.ShouldBe([1]);
        data.Provenance.Sha256.ShouldBe(Dataset.Hash(data.Train, data.Test));
    }

    [Fact]
    public void A_second_run_decodes_nothing()
    {
        WriteSound();
        var first = new List<PreparationProgress>();
        var second = new List<PreparationProgress>();

        var data = Load(s_small with { Progress = new Recorder(first) });
        var again = Load(s_small with { Progress = new Recorder(second) });

        first[^1].ShouldBe(new PreparationProgress("mine", 3, 3));
        second.ShouldBeEmpty();
        again.Provenance.Sha256.ShouldBe(data.Provenance.Sha256);
        again.Train.Image(1).SequenceEqual(data.Train.Image(1)).ShouldBeTrue();
    }

    [Fact]
    public void Other_settings_and_other_photographs_make_other_images_beside_those_that_are_there()
    {
        WriteSound();
        string[] hashes =
        [
            Load().Provenance.Sha256,
            Load(new() { Preprocess = new PreprocessSpec(76) }).Provenance.Sha256,
            Load(new() { Preprocess = new PreprocessSpec(75) { Crop = 0.8 } }).Provenance.Sha256,
            Load(new() { Preprocess = new PreprocessSpec(75) { Resize = ResizeMethods.Cubic } }).Provenance.Sha256,
        ];
        Write("train/a/1.jpg", "progressive.jpg");

        hashes.Append(Load().Provenance.Sha256).Distinct().Count().ShouldBe(5);
        Prepared.Length.ShouldBe(5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Prepared_images_that_are_damaged_or_cut_off_are_made_again(int kept)
    {
        WriteSound();
        var expected = Load().Provenance.Sha256;
        var file = Prepared.Single();
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        bytes[1000] ^= 1;
        File.WriteAllBytes(file, kept == 100 ? bytes : bytes[..kept]);

        Load().Provenance.Sha256.ShouldBe(expected);
        Load(s_small with { Progress = new Recorder(null) }).Provenance.Sha256.ShouldBe(expected);
    }

    [Fact]
    public void What_a_killed_process_left_is_deleted()
    {
        WriteSound();
        var left = _folder.Write("prepared/0123.images.4567.part", [1, 2, 3]);

        Load();

        File.Exists(left).ShouldBeFalse();
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "truncated.jpg", "is truncated" },
        { "truncated.png", "is truncated" },
        { "header.jpg", "has a header that is damaged or cut off" },
        { "empty.jpg", "is empty" },
        { "text.jpg", "is neither a JPEG nor a PNG file" },
        { "damaged.png", "is damaged" },
        { "bomb.png", "says that it has 60,000 x 60,000 pixels, more than the 89,478,485 that are allowed" },
        { "bomb.jpg", "says that it has 60,000 x 60,000 pixels, more than the 89,478,485 that are allowed" },
        { "folder.jpg", "is a folder, where only the photographs of one class may be" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_file_that_cannot_be_read_is_named_or_left_out_where_that_is_asked_for(string name, string problem)
    {
        WriteSound();
        var path = Path.Combine(_folder.Path, "mine/train/a", name);
        WriteBroken(name, path);
        var sentence = $"{path} {problem}; replace or remove it, or leave out all such files with --skip-broken.";

        Should.Throw<DatasetException>(() => Load()).Message.ShouldBe(sentence);
        Directory.Exists(Path.Combine(_folder.Path, "prepared")).ShouldBeTrue();
        Prepared.ShouldBeEmpty();

        var data = Load(s_small with { SkipBroken = true });
        data.Train.Count.ShouldBe(2);
        data.Provenance.Notes.ShouldBe([$"mine: 1 of 4 files were left out: train/a/{name} {problem}"]);
        // What is prepared by now does not hide it from a run that did not ask.
        Should.Throw<DatasetException>(() => Load()).Message.ShouldBe(sentence);
    }

    [Fact]
    public void The_first_of_several_broken_files_is_named_and_a_note_names_twenty()
    {
        WriteSound();
        for (var i = 0; i < 25; i++)
        {
            _folder.Write($"mine/train/a/x{i:00}.jpg", []);
        }

        Should.Throw<DatasetException>(() => Load()).Message.ShouldContain("x00.jpg is empty");
        Load(s_small with { SkipBroken = true }).Provenance.Notes[0].ShouldMatch(@"^mine: 25 of 28 files .*x19\.jpg is empty, and 5 more$");
    }

    [Fact]
    public void A_class_without_a_sound_photograph_is_refused_even_where_broken_ones_are_left_out()
    {
        WriteSound();
        _folder.Write("mine/train/c/1.jpg", []);

        Should.Throw<DatasetException>(() => Load(s_small with { SkipBroken = true })).Message
            .ShouldStartWith("No train photograph of the class c in ");
    }

    [Fact]
    public void Preprocess_is_for_photographs_and_they_need_it()
    {
        WriteSound();

        Should.Throw<DatasetException>(() => Load(DatasetRequest.Published)).Message.ShouldBe(
            "mine holds photographs, which have to be brought to one size; say, for instance, `preprocess: { size: 128 }` in the spec.");
        Should.Throw<DatasetException>(() => DatasetLoader.Load(Folders, "fashion-mnist-mini", s_small)).Message.ShouldBe(
            "`preprocess` is for photographs, and the images of fashion-mnist-mini are of one size already; leave it out of the spec.");
    }

    [Theory]
    [InlineData("test/b", "mine has neither val nor test; put folders")]
    [InlineData("val/b", "mine has both val and test; leave only")]
    [InlineData("train/b", "mine/train has 1 folders of classes; there must be 2 to 256.")]
    [InlineData("test/c", "mine/test has a class c, which train lacks")]
    [InlineData("train/d", "mine/train/d has no photographs; add some")]
    public void A_folder_of_another_form_is_refused(string changed, string message)
    {
        WriteSound();
        var path = Path.Combine(_folder.Path, "mine", changed);
        if (Directory.Exists(path))
        {
            Directory.Delete(changed == "test/b" ? Path.GetDirectoryName(path)! : path, recursive: true);
        }
        else
        {
            Directory.CreateDirectory(path);
        }

        Should.Throw<DatasetException>(() => Load()).Message.ShouldContain(message);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_named()
    {
        WriteSound();
        _folder.Write("prepared", []);

        Should.Throw<DatasetException>(() => Load()).Message.ShouldStartWith(
            $"The images made of mine cannot be kept in {Path.Combine(_folder.Path, "prepared")}: ");
    }

    [Fact]
    public void Photographs_that_were_not_unpacked_from_the_published_archive_are_noted()
    {
        var known = DatasetCatalog.Get("imagenette") with { Name = "sample", Train = 2, Test = 1, Classes = ["A", "B"] };
        WriteSound();

        var data = KnownDatasetLoader.Load(known, Mine, s_small with { Cache = Path.Combine(_folder.Path, "prepared") });

        data.Classes.ShouldBe(["A", "B"]);
        data.Provenance.Notes.ShouldBe(
            ["sample: the photographs were not unpacked from imagenette2-320.tgz, so they are not known to be the published ones"]);
        DatasetVerifier.Verify(known, Mine).ShouldHaveSingleItem().State.ShouldBe(FileState.Different);
        Should.Throw<DatasetException>(() => KnownDatasetLoader.Load(known with { Train = 3 }, Mine, s_small)).Message
            .ShouldContain("mine holds 2 train images, but sample has 3; replace its files");
    }

    [Fact]
    public async Task A_published_archive_takes_the_place_of_what_is_there_and_nothing_of_it_leads_elsewhere()
    {
        WriteSound();
        Write("train/a/old.jpg", "colour.jpg");
        var archive = Archive(
            ("top/train/a/1.jpg", "grey.jpg"), ("top/train/b/1.jpg", "colour.jpg"), ("top/val/b/1.jpg", "small.png"),
            ("top/notes.csv", "small.png"), ("top/train/../escaped.jpg", "small.png"), ("top/train/a/../../../out.jpg", "small.png"));
        using var server = new LoopbackServer(archive);
        using var fetcher = new DatasetFetcher();
        var known = DatasetCatalog.Get("imagenette") with
        {
            Name = "sample",
            Train = 2,
            Test = 1,
            Classes = ["A", "B"],
            Mirrors = [server.Address],
            Downloads = [new("imagenette2-320.tgz", archive.Length, Convert.ToHexStringLower(SHA256.HashData(archive)))],
        };

        await fetcher.FetchAsync(known, Mine, null);
        await fetcher.FetchAsync(known, Mine, null);

        server.Requests.Count.ShouldBe(1);
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder.Path, file)).Order(StringComparer.Ordinal)
            .ShouldBe(["mine/published.sha256", "mine/train/a/1.jpg", "mine/train/b/1.jpg", "mine/val/b/1.jpg"]);
        DatasetVerifier.Verify(known, Mine).Select(file => (file.File, file.State)).ShouldBe(
            [("train/a", FileState.Published), ("train/b", FileState.Published), ("val/b", FileState.Published)]);
        Known(known).Provenance.Notes.ShouldBeEmpty();

        Write("train/a/1.jpg", "colour.jpg");
        Known(known).Provenance.Notes.ShouldBe(["sample: 1 of 3 photographs are not the published ones: train/a/1.jpg"]);
        DatasetVerifier.Verify(known, Mine)[0].ShouldBe(new("train/a", FileState.Different, "1 of 1 photographs are missing or not as published"));
    }

    [Fact]
    public void An_archive_that_is_cut_off_changes_nothing()
    {
        WriteSound();
        var archive = Archive(("top/train/a/1.jpg", "grey.jpg"));
        _folder.Write("mine/imagenette2-320.tgz", archive[..(archive.Length / 2)]);

        Should.Throw<DatasetException>(() => DatasetCatalog.Get("imagenette").Layout.Unpack(Mine)).Message
            .ShouldContain("the archive is corrupt or truncated here or shortly before");

        Load().Train.Count.ShouldBe(2);
    }

    private DatasetFolders Folders => new(_folder.Path);

    private string Mine => Path.Combine(_folder.Path, "mine");

    private string[] Prepared => Directory.GetFiles(Path.Combine(_folder.Path, "prepared"));

    private Dataset Load(DatasetRequest? request = null) => DatasetLoader.Load(Folders, Mine, request ?? s_small);

    private Dataset Known(KnownDataset known) =>
        KnownDatasetLoader.Load(known, Mine, s_small with { Cache = Path.Combine(_folder.Path, "prepared") });

    private static byte[] Pillows(string file) =>
        File.ReadAllBytes(Repository.PathOf($"tests/Learning.Tests/Data/Photographs/pillow/{file}"));

    private void Write(string name, string file) => _folder.Write($"mine/{name}", Pillows(file));

    private void WriteSound()
    {
        Write("train/a/1.jpg", "colour.jpg");
        Write("train/b/1.jpg", "grey.jpg");
        Write("test/b/1.png", "small.png");
    }

    private static void WriteBroken(string name, string path)
    {
        if (name == "folder.jpg")
        {
            Directory.CreateDirectory(path);
            return;
        }

        var (jpeg, png) = (Pillows("colour.jpg"), Pillows("small.png"));
        File.WriteAllBytes(path, name switch
        {
            "truncated.jpg" => jpeg[..(jpeg.Length / 2)],
            "truncated.png" => png[..(png.Length / 2)],
            "header.jpg" => jpeg[..100],
            "text.jpg" => "This is no photograph."u8.ToArray(),
            "damaged.png" => Changed(png, at => png[at] ^= 0xFF, png.Length / 2),
            "bomb.png" => WithSize(png, 16, BinaryPrimitives.WriteInt32BigEndian),
            "bomb.jpg" => WithSize(
                jpeg, jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5,
                (place, side) => BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)side)),
            _ => [],
        });
    }

    private static byte[] Changed(byte[] file, Action<int> change, int at)
    {
        change(at);
        return file;
    }

    private delegate void WriteNumber(Span<byte> place, int number);

    /// <summary>A file whose header says that it has 60,000 x 60,000 pixels.</summary>
    private static byte[] WithSize(byte[] file, int at, WriteNumber write)
    {
        var length = file[0] == 0xFF ? 2 : 4;
        write(file.AsSpan(at), 60_000);
        write(file.AsSpan(at + length), 60_000);
        if (length == 4)
        {
            // PNG has a checksum of its header.
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(file.AsSpan(12, 17)));
        }

        return file;
    }

    private static byte[] Archive(params (string Name, string File)[] entries)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, file) in entries)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Pillows(file)) });
            }
        }

        return archive.ToArray();
    }

    /// <summary>Records what is reported; without a list, nothing may be.</summary>
    private sealed class Recorder(List<PreparationProgress>? reports) : IProgress<PreparationProgress>
    {
        public void Report(PreparationProgress value) =>
            (reports ?? throw new InvalidOperationException("Nothing was to be prepared.")).Add(value);
    }
}
