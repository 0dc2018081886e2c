using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Tests.Data;

public sealed class Cifar10LayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("cifar-10-batches-bin/")]
    public void A_folder_of_binary_files_is_read_in_their_order(string below)
    {
        WriteFiles(below);

        ShouldBeTheSample(Read(_folder.Path));
    }

    [Fact]
    public void An_archive_is_read_from_its_folder_and_by_its_path()
    {
        var archive = _folder.Write("cifar-10-binary.tar.gz", Samples.CifarArchive());

        ShouldBeTheSample(Read(_folder.Path));
        ShouldBeTheSample(Read(archive));
    }

    [Fact]
    public void Class_names_come_from_the_file_that_has_them()
    {
        WriteFiles("");
        _folder.Write("batches.meta.txt", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n"u8.ToArray());

        Read(_folder.Path).Classes.ShouldBe(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]);
    }

    [Fact]
    public void A_wrong_number_of_class_names_is_refused()
    {
        WriteFiles("");
        _folder.Write("batches.meta.txt", "a\nb\n"u8.ToArray());

        Failure().ShouldContain("batches.meta.txt, byte 0: 2 class names, where CIFAR-10 has 10");
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        WriteFiles("");
        File.Delete(Path.Combine(_folder.Path, "data_batch_4.bin"));

        Failure().ShouldEndWith("lacks data_batch_4.bin; put the file there.");
    }

    [Fact]
    public void An_empty_folder_is_told_what_to_hold() =>
        Failure().ShouldContain("holds no CIFAR-10 files; put cifar-10-binary.tar.gz, or data_batch_1.bin, ");

    [Theory]
    [InlineData(3073 + 5, "byte 3073: 5 bytes follow 1 whole records of 3073")]
    [InlineData(0, "byte 0: 0 bytes follow 0 whole records of 3073")]
    public void A_truncated_file_is_refused_at_its_last_record(int length, string words)
    {
        WriteFiles("");
        _folder.Write("data_batch_3.bin", Samples.CifarBatch(1, 2)[..length]);

        Failure().ShouldContain("data_batch_3.bin, " + words);
    }

    [Fact]
    public void A_label_above_9_is_refused_at_its_byte()
    {
        WriteFiles("");
        _folder.Write("test_batch.bin", Samples.CifarBatch(1, 10));

        Failure().ShouldContain("test_batch.bin, byte 3073: label 10, where labels are 0 to 9");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.95)]
    public void A_truncated_archive_is_refused(double share)
    {
        var archive = Samples.CifarArchive();
        _folder.Write("cifar-10-binary.tar.gz", archive[..(int)(archive.Length * share)]);

        Failure().ShouldContain("cifar-10-binary.tar.gz");
    }

    [Fact]
    public void A_corrupt_archive_is_refused()
    {
        _folder.Write("cifar-10-binary.tar.gz", "this is no archive"u8.ToArray());

        Failure().ShouldMatch(@"cifar-10-binary\.tar\.gz, byte \d+: the archive is corrupt or truncated here or shortly before");
    }

    private static DatasetSplits Read(string path)
    {
        var layout = new Cifar10Layout();
        return layout.Decode(layout.Read(path), classes: null);
    }

    private static void ShouldBeTheSample(DatasetSplits read)
    {
        read.Train.Shape.ShouldBe(new ImageShape(3, 32, 32));
        read.Train.Labels.ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        read.Test.Labels.ShouldBe([9, 8, 7]);
        read.Train.Image(4)[0].ShouldBe((byte)255);
        read.Train.Image(4)[1..].ToArray().ShouldAllBe(pixel => pixel == 40);
        read.Classes[9].ShouldBe("truck");
    }

    private void WriteFiles(string below)
    {
        foreach (var (name, contents) in Samples.CifarFiles())
        {
            _folder.Write(below + name, contents);
        }
    }

    private string Failure() =>
        Should.Throw<DatasetException>(() => Read(_folder.Path)).Message;
}
