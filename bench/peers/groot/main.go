// Times go-hep's groot: reads JSON {files, branches, repeats} from the first argument, prints milliseconds as JSON, as
// uproot-read.py does.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"time"

	"go-hep.org/x/hep/groot"
	"go-hep.org/x/hep/groot/rtree"
)

type input struct {
	Files    []string `json:"files"`
	Branches []string `json:"branches"`
	Repeats  int      `json:"repeats"`
}

type pass struct{ opening, reading float64 }

func main() {
	var given input
	check(json.Unmarshal([]byte(os.Args[1]), &given))
	first := once(given)
	again := []float64{}
	for range given.Repeats {
		again = append(again, once(given).reading)
	}
	if len(again) == 0 {
		again = append(again, first.reading)
	}
	sort.Float64s(again)
	check(json.NewEncoder(os.Stdout).Encode(map[string]float64{
		"total":     first.opening + first.reading,
		"openFirst": first.opening,
		"readFirst": first.reading,
		"readAgain": again[len(again)/2],
	}))
}

// once opens and reads every file, and gives milliseconds.
func once(given input) pass {
	sum := pass{}
	for _, path := range given.Files {
		start := time.Now()
		file, err := groot.Open(path)
		check(err)
		object, err := file.Get("Events")
		check(err)
		tree := object.(rtree.Tree)
		opened := time.Now()
		reader, err := rtree.NewReader(tree, wanted(tree, given.Branches))
		check(err)
		check(reader.Read(func(rtree.RCtx) error { return nil }))
		check(reader.Close())
		sum.opening += ms(opened.Sub(start))
		sum.reading += ms(time.Since(opened))
		check(file.Close())
	}
	return sum
}

// wanted has a place in memory for each branch.
func wanted(tree rtree.Tree, names []string) []rtree.ReadVar {
	is := map[string]bool{}
	for _, name := range names {
		is[name] = true
	}
	vars := []rtree.ReadVar{}
	for _, v := range rtree.NewReadVars(tree) {
		if is[v.Name] {
			vars = append(vars, v)
		}
	}
	return vars
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
