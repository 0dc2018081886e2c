using AdvFit.Learning.Data;
using AdvFit.Learning.Data.Layouts;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Learning.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, "images")]
    [InlineData(true, "images.gz")]
    [InlineData(true, "images")]
    [InlineData(false, "images.gz")]
    public void Plain_and_compressed_files_are_told_apart_by_their_bytes_not_their_names(bool compressed, string name)
    {
        var contents = Samples.IdxImages(2);

        var set = IdxReader.Decode(
            DataFile.Read(_folder.Write(name, compressed ? Samples.Gzip(contents) : contents)),
            DataFile.Read(_folder.Write("labels", Samples.IdxLabels(3, 0))),
            classes: 4);

        set.Shape.ShouldBe(new ImageShape(1, 2, 3));
        set.Labels.ShouldBe([3, 0]);
        set.Image(1).ToArray().ShouldBe([6, 7, 8, 9, 10, 11]);
    }

    [Property(MaxTest = 50)]
    public Property Images_cut_anywhere_are_refused_by_name_and_byte(bool compressed)
    {
        var whole = compressed ? Samples.Gzip(Samples.IdxImages(5)) : Samples.IdxImages(5);
        return Prop.ForAll(Gen.Choose(0, whole.Length - 1).ToArbitrary(), length =>
            Failure(whole[..length], Samples.IdxLabels(0, 0, 0, 0, 0)).ShouldMatch(@"images, byte \d+: .+; .+\.$"));
    }

    [Fact]
    public void A_truncated_file_is_refused_at_its_end() =>
        Failure(Samples.IdxImages(2)[..20], Samples.IdxLabels(0, 1)).ShouldEndWith(
            "images, byte 20: the file is truncated: its header announces 28 bytes; replace the file by an intact copy.");

    [Fact]
    public void Trailing_bytes_are_refused_where_they_begin() =>
        Failure(Samples.IdxImages(2), [.. Samples.IdxLabels(0, 1), 7]).ShouldEndWith(
            "labels, byte 10: 1 bytes follow the last item; replace the file by an intact copy.");

    [Fact]
    public void Exchanged_files_are_recognised() =>
        Failure(Samples.IdxLabels(0, 1), Samples.IdxImages(2)).ShouldEndWith(
            "images, byte 0: the file holds labels, its name says images; the images and labels files are mixed up: exchange them.");

    [Fact]
    public void Another_kind_of_file_is_refused_by_its_magic_number() =>
        Failure("PNG or so"u8.ToArray(), Samples.IdxLabels(0)).ShouldContain(
            "images, byte 0: magic number 504e4720, where an IDX file of images has 00000803");

    [Fact]
    public void Different_counts_are_refused() =>
        Failure(Samples.IdxImages(2), Samples.IdxLabels(0, 1, 2)).ShouldMatch(
            @"labels, byte 4: 3 labels for the 2 images of .+; the two files do not belong together: replace one of them\.$");

    [Fact]
    public void A_label_that_is_no_class_is_refused_at_its_byte() =>
        Failure(Samples.IdxImages(3), Samples.IdxLabels(0, 9, 10)).ShouldContain(
            "labels, byte 10: label 10, where labels are 0 to 9");

    [Fact]
    public void A_dimension_that_cannot_be_is_refused_at_its_byte()
    {
        var images = Samples.IdxImages(1);
        images[8] = 0x80;

        Failure(images, Samples.IdxLabels(0)).ShouldContain("images, byte 8: a dimension of -2147483646 is impossible");
    }

    [Fact]
    public void Corrupt_compression_is_refused()
    {
        var images = Samples.Gzip(Samples.IdxImages(200));
        images[images.Length / 2] ^= 0x5A;

        Failure(images, Samples.IdxLabels(new byte[200])).ShouldMatch(@"images, byte \d+: the gzip data are ");
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<DatasetException>(() => DataFile.Read(Path.Combine(_folder.Path, "nothing")))
            .Message.ShouldContain("nothing cannot be read");

    private string Failure(byte[] images, byte[] labels) =>
        Should.Throw<DatasetException>(() =>
            IdxReader.Decode(
                DataFile.Read(_folder.Write("images", images)), DataFile.Read(_folder.Write("labels", labels)), classes: 10)).Message;
}
