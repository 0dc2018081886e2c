using System.Globalization;
using AdvFit.Learning.Data.Photographs;
using AdvFit.Learning.Formats;
using AdvFit.Messages;

namespace AdvFit.Learning.Tests.Data.Photographs;

/// <summary>What Pillow made of the files beside it; <c>pillow/generate.py</c> asked it.</summary>
public class Images_of_photographs_are_Pillows
{
    private const string Folder = "tests/Learning.Tests/Data/Photographs/pillow";

    private static readonly IReadOnlyDictionary<string, NpyArray> s_expected =
        Npz.Read(File.ReadAllBytes(Repository.PathOf($"{Folder}/expected.npz")), "expected.npz");

    public static TheoryData<string> Cases => [.. s_expected.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_pixels_are_the_same(string name)
    {
        var parts = name.Split('/');
        var (file, size, method) = (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
        var crop = double.Parse(parts[3], CultureInfo.InvariantCulture);
        var expected = ((NpyArray<byte>)s_expected[name]).Values;

        var (photograph, problem) = PhotographDecoder.Decode(Repository.PathOf($"{Folder}/{file}"));
        var square = PhotographResize.Square(photograph!, new PreprocessSpec(size) { Resize = method, Crop = crop });

        problem.ShouldBe("");
        square.Length.ShouldBe(expected.Length);
        Enumerable.Range(0, square.Length).ShouldAllBe(at => square[at] == expected[((at % (size * size)) * 3) + (at / (size * size))]);
    }

    [Fact]
    public void A_photograph_far_longer_than_wide_is_cut_out_of_its_middle()
    {
        var pixels = new byte[2 * 4000 * Photograph.Stride];
        Array.Fill(pixels, (byte)200, 2 * 1000 * Photograph.Stride, 2 * 2000 * Photograph.Stride);

        PhotographResize.Square(new Photograph(2, 4000, pixels), new PreprocessSpec(75)).ShouldAllBe(level => level == 200);
    }
}
