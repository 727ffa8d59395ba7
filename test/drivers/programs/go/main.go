// Answers each line of its input with a new connection, made as the settings name it.
package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/lib/pq"
)

type settings struct {
	Way, Text, Query string
}

func main() {
	var given settings
	if err := json.Unmarshal([]byte(os.Getenv("DRIVER_SETTINGS")), &given); err != nil {
		panic(err)
	}
	ways := map[string]func(settings) func() (string, error){
		"pgx":                     func(s settings) func() (string, error) { return pgxPool(s, "") },
		"pgx, files read again":   func(s settings) func() (string, error) { return pgxPool(s, "all") },
		"pgx, TLSConfig replaced": func(s settings) func() (string, error) { return pgxPool(s, "TLSConfig") },
		"lib/pq":                  libPq,
	}
	ask := ways[given.Way](given)
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		if answer, err := ask(); err != nil {
			fmt.Println("error", strings.Join(strings.Fields(err.Error()), " "))
		} else {
			fmt.Println("ok", answer)
		}
	}
}

func soon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 20*time.Second)
}

// docs/drivers.md has this function.
func readFilesAgain(text string) func(context.Context, *pgx.ConnConfig) error {
	return func(_ context.Context, connection *pgx.ConnConfig) error {
		fresh, err := pgx.ParseConfig(text)
		if err == nil {
			*connection = *fresh
		}
		return err
	}
}

// A pool whose connections are not given back, so that each question needs another one.
func pgxPool(s settings, replace string) func() (string, error) {
	config, err := pgxpool.ParseConfig(s.Text)
	if err != nil {
		return func() (string, error) { return "", err }
	}
	config.MaxConns = 10
	switch replace {
	case "all":
		config.BeforeConnect = readFilesAgain(s.Text)
	case "TLSConfig":
		config.BeforeConnect = func(_ context.Context, connection *pgx.ConnConfig) error {
			fresh, err := pgx.ParseConfig(s.Text)
			if err == nil {
				connection.TLSConfig = fresh.TLSConfig
			}
			return err
		}
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		panic(err)
	}
	return func() (answer string, err error) {
		ctx, cancel := soon()
		defer cancel()
		connection, err := pool.Acquire(ctx)
		if err != nil {
			return "", err
		}
		err = connection.QueryRow(ctx, s.Query).Scan(&answer)
		return answer, err
	}
}

func libPq(s settings) func() (string, error) {
	database, err := sql.Open("postgres", s.Text)
	if err != nil {
		return func() (string, error) { return "", err }
	}
	return func() (answer string, err error) {
		ctx, cancel := soon()
		defer cancel()
		connection, err := database.Conn(ctx)
		if err != nil {
			return "", err
		}
		err = connection.QueryRowContext(ctx, s.Query).Scan(&answer)
		return answer, err
	}
}
